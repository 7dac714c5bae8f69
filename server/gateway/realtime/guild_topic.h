// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/gateway/realtime/audience.h"

#include <span>
#include <unordered_map>
#include <vector>

namespace guildhall::realtime {

class Session;

/// A session that hears a guild, and from where in the order of publication on.
struct Subscriber {
    Session *session;
    quint64 since;
};

/// The sessions of a shard that look at one guild, and who of them may hear what. The answer is
/// kept per channel and right until the rights change, so that an event costs one look-up, not one
/// per session.
class GuildTopic {
public:
    void add(Subscriber subscriber);
    void remove(const Session &session);
    const Subscriber *find(const Session &session) const;
    const std::vector<Subscriber> &all() const { return m_all; }
    bool isEmpty() const { return m_all.empty(); }

    /// Takes `rights` when they are newer than those it has; null is ignored.
    void offer(const GuildRightsPtr &rights);
    const GuildRightsPtr &rights() const { return m_rights; }

    /// Who may hear an event for `audience`, which is of kind Guild or Channel. Valid until the
    /// next call that changes something.
    std::span<const Subscriber> hearers(const Audience &audience);

    /// The rule for one subscriber. Without rights everybody hears what needs nothing in the guild,
    /// and nobody anything else.
    static bool hears(UserId user, const GuildRights *rights, const Audience &audience);

private:
    struct Key {
        ChannelId channel; ///< null for a Guild audience
        quint64 need;
        friend bool operator==(const Key &, const Key &) = default;
    };
    struct KeyHash {
        size_t operator()(const Key &key) const noexcept
        {
            return std::hash<ChannelId>()(key.channel) ^ (key.need * 0x9e3779b97f4a7c15u);
        }
    };
    struct Hearers {
        Audience audience;
        std::vector<Subscriber> list;
    };

    std::vector<Subscriber> m_all;
    GuildRightsPtr m_rights;
    std::unordered_map<Key, Hearers, KeyHash> m_hearers;
    Hearers m_momentary; ///< of the last event whose hearers are not kept
};

} // namespace guildhall::realtime
