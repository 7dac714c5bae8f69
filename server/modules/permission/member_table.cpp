// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/modules/permission/member_table.h"

#include <algorithm>

namespace guildhall {

namespace {

auto placeOf(const std::vector<MemberRecord> &bucket, UserId user)
{
    return std::lower_bound(bucket.begin(), bucket.end(), user,
                            [](const MemberRecord &member, UserId id) { return member.user < id; });
}

} // namespace

size_t MemberTable::bucketOf(UserId user)
{
    // The low bits of snowflakes are a sequence that is mostly 0: take the time's.
    return std::hash<quint64>()((user.value() >> 22) * 0x9e3779b97f4a7c15ull >> 40) % bucketCount;
}

MemberTable::MemberTable()
{
    static const auto empty = std::make_shared<const Bucket>();
    m_buckets.fill(empty);
}

MemberTable::MemberTable(std::vector<MemberRecord> members)
    : MemberTable()
{
    m_size = members.size();
    std::sort(members.begin(), members.end(),
              [](const MemberRecord &a, const MemberRecord &b) { return a.user < b.user; });
    std::array<Bucket, bucketCount> buckets;
    for (MemberRecord &member : members)
        buckets[bucketOf(member.user)].push_back(std::move(member));
    for (size_t i = 0; i < bucketCount; ++i) {
        if (buckets[i].empty())
            continue;
        m_buckets[i] = std::make_shared<const Bucket>(std::move(buckets[i]));
    }
}

const MemberRecord *MemberTable::find(UserId user) const
{
    const Bucket &bucket = *m_buckets[bucketOf(user)];
    const auto place = placeOf(bucket, user);
    return place != bucket.end() && place->user == user ? &*place : nullptr;
}

MemberTable MemberTable::with(MemberRecord member) const
{
    MemberTable copy = *this;
    auto &slot = copy.m_buckets[bucketOf(member.user)];
    Bucket bucket = *slot;
    const auto place = bucket.begin() + (placeOf(bucket, member.user) - bucket.begin());
    if (place != bucket.end() && place->user == member.user) {
        *place = std::move(member);
    } else {
        bucket.insert(place, std::move(member));
        ++copy.m_size;
    }
    slot = std::make_shared<const Bucket>(std::move(bucket));
    return copy;
}

MemberTable MemberTable::without(UserId user) const
{
    MemberTable copy = *this;
    auto &slot = copy.m_buckets[bucketOf(user)];
    Bucket bucket = *slot;
    const auto place = placeOf(bucket, user);
    if (place == bucket.end() || place->user != user)
        return copy;
    bucket.erase(bucket.begin() + (place - bucket.begin()));
    --copy.m_size;
    slot = std::make_shared<const Bucket>(std::move(bucket));
    return copy;
}

MemberTable MemberTable::withoutRole(RoleId role) const
{
    MemberTable copy = *this;
    const auto has = [role](const MemberRecord &member) {
        return std::binary_search(member.roles.begin(), member.roles.end(), role);
    };
    for (auto &slot : copy.m_buckets) {
        if (std::none_of(slot->begin(), slot->end(), has))
            continue;
        Bucket bucket = *slot;
        for (MemberRecord &member : bucket)
            std::erase(member.roles, role);
        slot = std::make_shared<const Bucket>(std::move(bucket));
    }
    return copy;
}

void MemberTable::forEach(const std::function<void(const MemberRecord &)> &visit) const
{
    for (const auto &bucket : m_buckets) {
        for (const MemberRecord &member : *bucket)
            visit(member);
    }
}

} // namespace guildhall
