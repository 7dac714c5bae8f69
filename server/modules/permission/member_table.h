// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/core/id.h"
#include "shared/core/timestamp.h"

#include <QString>

#include <array>
#include <functional>
#include <memory>
#include <optional>
#include <vector>

namespace guildhall {

/// One membership, as far as rights and the member object of events go.
struct MemberRecord {
    UserId user;
    std::vector<RoleId> roles; ///< ascending, without @everyone
    Timestamp joinedAt;
    std::optional<Timestamp> timedOutUntil;
    QString nick; ///< null when there is none
    QString avatar; ///< null when there is none
    int flags = 0;
    bool deaf = false;
    bool mute = false;
};

/// The members of a guild as a value that shares what did not change: a changed member copies one
/// bucket of 256, not the table, so that a guild of 100,000 can change often.
class MemberTable {
public:
    MemberTable();
    /// @param members  in any order, each user once
    explicit MemberTable(std::vector<MemberRecord> members);

    const MemberRecord *find(UserId user) const;
    size_t size() const { return m_size; }
    /// The same table with this member in it, new or instead of the earlier one.
    MemberTable with(MemberRecord member) const;
    MemberTable without(UserId user) const;
    /// The same members, of whom nobody has the role.
    MemberTable withoutRole(RoleId role) const;
    void forEach(const std::function<void(const MemberRecord &)> &visit) const;

private:
    using Bucket = std::vector<MemberRecord>; // ascending by user
    static constexpr size_t bucketCount = 256;
    static size_t bucketOf(UserId user);

    std::array<std::shared_ptr<const Bucket>, bucketCount> m_buckets;
    size_t m_size = 0;
};

} // namespace guildhall
