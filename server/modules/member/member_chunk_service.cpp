// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/modules/member/member_chunk_service.h"

#include "server/infrastructure/database/database.h"

#include <algorithm>

namespace guildhall {

using realtime::MembersRequest;

/// Numbers and encodes the parts of one answer.
class MemberChunkService::Parts {
public:
    Parts(const MembersRequest &request, PresencesOf presencesOf, const Send &send)
        : m_guild(request.guild)
        , m_presencesOf(std::move(presencesOf))
        , m_send(send)
    {
        if (!request.nonce.isNull())
            m_nonce = request.nonce;
    }

    void expect(int count) { m_count = std::max(1, count); }
    void send(std::vector<Member> members, std::optional<std::vector<UserId>> notFound = {})
    {
        MemberChunk chunk;
        chunk.guildId = m_guild;
        chunk.members = std::move(members);
        chunk.chunkIndex = m_next++;
        chunk.chunkCount = m_count;
        chunk.notFound = std::move(notFound);
        chunk.nonce = m_nonce;
        if (m_presencesOf)
            chunk.presences = presences(chunk.members);
        m_send(json::encode(chunk));
    }

private:
    std::vector<Presence> presences(const std::vector<Member> &members) const
    {
        std::vector<UserId> users;
        users.reserve(members.size());
        for (const Member &member : members)
            users.push_back(member.user.id);
        return m_presencesOf(users);
    }

    GuildId m_guild;
    PresencesOf m_presencesOf; ///< empty: presences are not wanted, or not allowed
    const Send &m_send;
    std::optional<QString> m_nonce;
    int m_count = 1;
    int m_next = 0;
};

namespace {

bool asksForAll(const MembersRequest &request)
{
    return request.query && request.query->isEmpty() && request.limit == 0;
}

/// People hear what they want; bots what their intents say.
bool mayHave(const realtime::SessionInfo &asker, Intent intent)
{
    return !asker.identity.bot || asker.intents.has(intent);
}

std::vector<UserId> missing(const std::vector<UserId> &asked, const std::vector<Member> &found)
{
    std::vector<UserId> rest;
    for (const UserId id : asked) {
        const bool there = std::ranges::any_of(
            found, [id](const Member &member) { return member.user.id == id; });
        if (!there && std::ranges::find(rest, id) == rest.end())
            rest.push_back(id);
    }
    return rest;
}

} // namespace

MemberChunkService::MemberChunkService(const Kernel &kernel, PermissionService &permissions,
                                       MemberService &members)
    : m_kernel(kernel)
    , m_permissions(permissions)
    , m_members(members)
{ }

void MemberChunkService::answer(const realtime::SessionHandle &session,
                                const MembersRequest &request, const PresencesOf &presencesOf)
{
    answer(session.info(), request, presencesOf,
           [&](QByteArray d) { session.send("GUILD_MEMBERS_CHUNK", std::move(d)); });
}

void MemberChunkService::answer(const realtime::SessionInfo &asker, const MembersRequest &request,
                                const PresencesOf &presencesOf, const Send &send)
{
    const bool presences = request.presences && mayHave(asker, Intent::GuildPresences);
    Parts parts(request, presences ? presencesOf : PresencesOf(), send);
    const bool member = m_permissions.requireMember(asker.identity.user, request.guild).has_value();
    if (request.users && !member)
        parts.send({}, request.users);
    else if (!member || (asksForAll(request) && !mayHave(asker, Intent::GuildMembers)))
        parts.send({});
    else if (request.users)
        sendFound(request, parts);
    else if (asksForAll(request))
        sendAll(request.guild, parts);
    else
        sendNamed(request, parts);
}

void MemberChunkService::sendFound(const MembersRequest &request, Parts &parts)
{
    std::vector<Member> found
        = m_members.membersOf(m_kernel.database.session(), request.guild, *request.users);
    std::vector<UserId> notFound = missing(*request.users, found);
    parts.send(std::move(found), std::move(notFound));
}

void MemberChunkService::sendNamed(const MembersRequest &request, Parts &parts)
{
    const int limit = request.limit > 0 ? std::min(request.limit, maxFound) : maxFound;
    parts.send(m_members.membersNamed(m_kernel.database.session(), request.guild,
                                      request.query.value_or(QString()), limit));
}

void MemberChunkService::sendAll(GuildId guild, Parts &parts)
{
    // The ids first: the parts are numbered "of how many", and together they are one moment's
    // members, without holding all of them in memory.
    std::vector<UserId> ids;
    if (const GuildSnapshotPtr snapshot = m_permissions.snapshot(guild)) {
        ids.reserve(snapshot->members().size());
        snapshot->members().forEach(
            [&](const MemberRecord &member) { ids.push_back(member.user); });
    }
    std::sort(ids.begin(), ids.end());
    constexpr size_t size = MemberChunk::maxMembers;
    parts.expect(int((ids.size() + size - 1) / size));
    if (ids.empty())
        return parts.send({});
    for (size_t begin = 0; begin < ids.size(); begin += size) {
        const std::span<const UserId> part(ids.data() + begin, std::min(size, ids.size() - begin));
        parts.send(m_members.membersOf(m_kernel.database.session(), guild, part));
    }
}

} // namespace guildhall
