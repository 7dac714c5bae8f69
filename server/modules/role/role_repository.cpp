// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/modules/role/role_repository.h"

#include "shared/core/snowflake.h"
#include "sql/queries/role.h"

namespace guildhall {

namespace db {

template <>
struct RowReader<Role> {
    static Role read(Row &row)
    {
        Role role;
        role.id = row.take<RoleId>();
        role.name = row.take<QString>();
        role.color = row.take<int>();
        role.colors.primaryColor = role.color;
        role.colors.secondaryColor = row.take<std::optional<int>>();
        role.colors.tertiaryColor = row.take<std::optional<int>>();
        role.hoist = row.take<bool>();
        role.icon = row.take<std::optional<QString>>();
        role.unicodeEmoji = row.take<std::optional<QString>>();
        role.position = row.take<int>();
        role.permissions = row.take<Permissions>();
        role.managed = row.take<bool>();
        role.mentionable = row.take<bool>();
        if (const auto bot = row.take<std::optional<UserId>>())
            role.tags = RoleTags{bot};
        return role;
    }
};

} // namespace db

namespace {

std::optional<UserId> botOf(const Role &role)
{
    return role.tags ? role.tags->botId : std::nullopt;
}

} // namespace

bool RoleRepository::lockOrder(db::Tx &tx, GuildId guild)
{
    return tx.maybe<GuildId>(sql::role::lock_order, db::bind(":guild_id", guild)).has_value();
}

std::vector<Role> RoleRepository::list(db::Executor &db, GuildId guild)
{
    return db.list<Role>(sql::role::roles_of_guild, db::bind(":guild_id", guild));
}

std::optional<Role> RoleRepository::find(db::Executor &db, GuildId guild, RoleId role)
{
    return db.maybe<Role>(sql::role::role, db::bind(":guild_id", guild),
                          db::bind(":role_id", role));
}

int RoleRepository::count(db::Executor &db, GuildId guild)
{
    return db.one<int>(sql::role::count_roles, db::bind(":guild_id", guild));
}

void RoleRepository::shiftUp(db::Tx &tx, const GuildGrant &grant)
{
    tx.exec(sql::role::shift_up, db::bind(":guild_id", grant.guild()));
}

void RoleRepository::insert(db::Tx &tx, const GuildGrant &grant, const Role &role)
{
    insertFirst(tx, grant.guild(), role);
}

void RoleRepository::insertFirst(db::Tx &tx, GuildId guild, const Role &role)
{
    tx.exec(sql::role::insert_role, db::bind(":id", role.id), db::bind(":guild_id", guild),
            db::bind(":name", role.name), db::bind(":color", role.colors.primaryColor),
            db::bind(":secondary_color", role.colors.secondaryColor),
            db::bind(":tertiary_color", role.colors.tertiaryColor), db::bind(":hoist", role.hoist),
            db::bind(":icon", role.icon), db::bind(":unicode_emoji", role.unicodeEmoji),
            db::bind(":position", role.position), db::bind(":permissions", role.permissions),
            db::bind(":managed", role.managed), db::bind(":mentionable", role.mentionable),
            db::bind(":bot_id", botOf(role)), db::bind(":created_at", createdAt(role.id)));
}

void RoleRepository::update(db::Tx &tx, const GuildGrant &grant, const Role &role)
{
    tx.exec(sql::role::update_role, db::bind(":guild_id", grant.guild()),
            db::bind(":role_id", role.id), db::bind(":name", role.name),
            db::bind(":color", role.colors.primaryColor),
            db::bind(":secondary_color", role.colors.secondaryColor),
            db::bind(":tertiary_color", role.colors.tertiaryColor), db::bind(":hoist", role.hoist),
            db::bind(":icon", role.icon), db::bind(":unicode_emoji", role.unicodeEmoji),
            db::bind(":permissions", role.permissions), db::bind(":mentionable", role.mentionable));
}

void RoleRepository::setPositions(db::Tx &tx, const GuildGrant &grant, std::span<const Role> roles)
{
    std::vector<RoleId> ids;
    std::vector<int> positions;
    for (const Role &role : roles) {
        ids.push_back(role.id);
        positions.push_back(role.position);
    }
    tx.exec(sql::role::set_positions, db::bind(":guild_id", grant.guild()),
            db::bind(":role_ids", ids), db::bind(":positions", positions));
}

void RoleRepository::remove(db::Tx &tx, const GuildGrant &grant, RoleId role)
{
    tx.exec(sql::role::delete_role, db::bind(":guild_id", grant.guild()),
            db::bind(":role_id", role));
}

std::vector<RoleId> RoleRepository::removeOfBot(db::Tx &tx, GuildId guild, UserId bot)
{
    return tx.list<RoleId>(sql::role::delete_roles_of_bot, db::bind(":guild_id", guild),
                           db::bind(":bot_id", bot));
}

} // namespace guildhall
