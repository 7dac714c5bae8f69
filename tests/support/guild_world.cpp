// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/guild_world.h"

#include "shared/json/codec.h"
#include "sql/queries/guild_world.h"

namespace guildhall::test {

GuildWorld::GuildWorld(db::StatementObserver *observer)
    : ModuleWorld(observer)
    , m_permission(kernel())
    , m_users(kernel())
    , m_roles(kernel(), m_permission.service())
    , m_members(kernel(), m_permission.service(), m_users.service())
{ }

void GuildWorld::inForce()
{
    m_permission.rights().dropAll();
}

GuildId GuildWorld::guild(UserId owner, Permissions everyone)
{
    const GuildId id = kernel().ids.next<GuildId>();
    db::Session &db = database().session();
    db.exec(sql::guild_world::insert_guild, db::bind(":id", id), db::bind(":name", "Guild"),
            db::bind(":owner_id", owner), db::bind(":created_at", clock().now()));
    db.exec(sql::guild_world::insert_role, db::bind(":id", id), db::bind(":guild_id", id),
            db::bind(":name", "@everyone"), db::bind(":position", 0),
            db::bind(":permissions", everyone), db::bind(":mentionable", false),
            db::bind(":created_at", clock().now()));
    join(id, owner);
    return id;
}

void GuildWorld::join(GuildId guild, UserId user, const std::vector<RoleId> &roles)
{
    db::Session &db = database().session();
    db.exec(sql::guild_world::insert_member, db::bind(":guild_id", guild),
            db::bind(":user_id", user), db::bind(":joined_at", clock().now()));
    for (const RoleId role : roles) {
        db.exec(sql::guild_world::insert_member_role, db::bind(":guild_id", guild),
                db::bind(":user_id", user), db::bind(":role_id", role));
    }
    inForce();
}

UserId GuildWorld::member(const QString &name, GuildId guild, const std::vector<RoleId> &roles)
{
    const UserId id = user(name);
    join(guild, id, roles);
    return id;
}

RoleId GuildWorld::role(GuildId guild, Permissions permissions, int position, bool mentionable)
{
    const RoleId id = kernel().ids.next<RoleId>();
    database().session().exec(
        sql::guild_world::insert_role, db::bind(":id", id), db::bind(":guild_id", guild),
        db::bind(":name", "role"), db::bind(":position", position),
        db::bind(":permissions", permissions), db::bind(":mentionable", mentionable),
        db::bind(":created_at", clock().now()));
    inForce();
    return id;
}

ChannelId GuildWorld::channel(GuildId guild, const ChannelRow &row)
{
    const ChannelId id = kernel().ids.next<ChannelId>();
    const std::optional<ChannelId> parent = row.parent ? std::optional(row.parent) : std::nullopt;
    const auto ofVoice = [&](int value) {
        return isVoiceLike(row.type) ? std::optional(value) : std::nullopt;
    };
    database().session().exec(
        sql::guild_world::insert_channel, db::bind(":id", id), db::bind(":guild_id", guild),
        db::bind(":type", row.type), db::bind(":name", row.name), db::bind(":position", 0),
        db::bind(":parent_id", parent), db::bind(":rate_limit_per_user", row.slowMode),
        db::bind(":bitrate", ofVoice(64000)), db::bind(":user_limit", ofVoice(0)),
        db::bind(":video_quality_mode", ofVoice(1)), db::bind(":created_at", clock().now()));
    inForce();
    return id;
}

void GuildWorld::overwriteRole(ChannelId channel, RoleId role, Permissions allow, Permissions deny)
{
    database().session().exec(sql::guild_world::insert_overwrite, db::bind(":channel_id", channel),
                              db::bind(":target_id", role), db::bind(":type", 0),
                              db::bind(":allow", allow), db::bind(":deny", deny));
    inForce();
}

void GuildWorld::overwriteMember(ChannelId channel, UserId user, Permissions allow,
                                 Permissions deny)
{
    database().session().exec(sql::guild_world::insert_overwrite, db::bind(":channel_id", channel),
                              db::bind(":target_id", user), db::bind(":type", 1),
                              db::bind(":allow", allow), db::bind(":deny", deny));
    inForce();
}

MessageId GuildWorld::message(ChannelId channel, UserId author, const QString &content,
                              MessageType type)
{
    const MessageId id = kernel().ids.next<MessageId>();
    database().session().exec(sql::guild_world::insert_message, db::bind(":id", id),
                              db::bind(":channel_id", channel), db::bind(":author_id", author),
                              db::bind(":type", type), db::bind(":content", content),
                              db::bind(":created_at", clock().now()));
    return id;
}

void GuildWorld::timeOut(GuildId guild, UserId user, Timestamp until)
{
    database().session().exec(sql::guild_world::time_out, db::bind(":until", until),
                              db::bind(":guild_id", guild), db::bind(":user_id", user));
    inForce();
}

void GuildWorld::setSystemChannel(GuildId guild, std::optional<ChannelId> channel, int flags)
{
    database().session().exec(sql::guild_world::set_system_channel,
                              db::bind(":channel_id", channel), db::bind(":flags", flags),
                              db::bind(":guild_id", guild));
}

void GuildWorld::deleteChannelRow(ChannelId channel)
{
    database().session().exec(sql::guild_world::delete_channel, db::bind(":channel_id", channel));
}

void GuildWorld::deleteRoleRow(RoleId role)
{
    database().session().exec(sql::guild_world::delete_role, db::bind(":role_id", role));
}

void GuildWorld::deleteGuildRow(GuildId guild)
{
    database().session().exec(sql::guild_world::delete_guild, db::bind(":guild_id", guild));
}

int GuildWorld::countMessages(ChannelId channel)
{
    return database().session().one<int>(sql::guild_world::count_messages,
                                         db::bind(":channel_id", channel));
}

GuildWorld::Answer GuildWorld::ask(const QByteArray &method, const QByteArray &target, UserId who,
                                   const QByteArray &body, bool bot)
{
    const Response response = call(method, target, as(who, bot), body);
    Answer answer;
    answer.status = response.status;
    answer.body = response.body;
    if (auto document = json::parse(response.body))
        answer.document = std::move(*document);
    return answer;
}

const json::Value *GuildWorld::Answer::find(const QByteArray &place) const
{
    const json::Value *value = &document;
    for (const QByteArray &step : place.split('.')) {
        if (value->IsArray()) {
            const uint index = step.toUInt();
            value = index < value->Size() ? &(*value)[index] : nullptr;
        } else {
            value = value->IsObject()
                ? json::member(*value, {step.constData(), size_t(step.size())})
                : nullptr;
        }
        if (!value)
            return nullptr;
    }
    return value;
}

QString GuildWorld::Answer::at(const QByteArray &place) const
{
    const json::Value *value = find(place);
    if (!value)
        return QStringLiteral("(nothing)");
    if (value->IsString())
        return QString::fromUtf8(value->GetString(), qsizetype(value->GetStringLength()));
    RawJson raw;
    json::Decoder decoder;
    json::Codec<RawJson>::read(*value, raw, decoder);
    return QString::fromUtf8(raw.text);
}

int GuildWorld::Answer::code() const
{
    const json::Value *code = find("code");
    return code && code->IsInt() ? code->GetInt() : -1;
}

QByteArray GuildWorld::Answer::codeAt(const QByteArray &place) const
{
    const json::Value *code = find("errors." + place + "._errors.0.code");
    return code ? QByteArray(code->GetString()) : QByteArray();
}

} // namespace guildhall::test
