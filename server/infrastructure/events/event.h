// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/infrastructure/events/audience.h"
#include "shared/gateway/intents.h"

#include <QByteArray>
#include <QMetaType>

#include <concepts>
#include <memory>
#include <mutex>
#include <optional>
#include <typeindex>

namespace guildhall {

/// Which form of an event's `d` a session gets.
enum class PayloadVariant {
    Full,
    WithoutContent, ///< for bots without the MESSAGE_CONTENT intent
};

/// What an event says about who is in a guild. The realtime gateway follows it: a joined user's
/// sessions get the guild and hear it from then on, a user who left gets GUILD_DELETE and no more.
struct MembershipChange {
    enum class Kind { Joined, Left };
    Kind kind;
    GuildId guild;
    UserId user; ///< null: everybody (the guild was deleted)
};

/// An event is a plain struct that says what it is called on the gateway, who may hear it, and what
/// its `d` is. `eventName` is nullptr for events that only the daemon's own listeners hear.
///
///     static constexpr const char *eventName = "TYPING_START";
///     Intent intent() const;
///     Audience audience() const;
///     QByteArray payload(PayloadVariant) const;   // the JSON of `d`
///
/// Optional: `bool showsContentTo(UserId) const` (who gets Full without the intent),
/// `std::optional<MembershipChange> membership() const`.
template <typename E>
concept Event = requires(const E &event, PayloadVariant variant)
{
    {
        E::eventName
        } -> std::convertible_to<const char *>;
    {
        event.intent()
        } -> std::same_as<Intent>;
    {
        event.audience()
        } -> std::same_as<Audience>;
    {
        event.payload(variant)
        } -> std::same_as<QByteArray>;
};

/// Any event, by shared pointer: copying it between threads costs a pointer. Immutable; the encoded
/// `d` is made once, by whoever asks first, and shared by everybody. Safe to use from any thread.
class AnyEvent {
public:
    AnyEvent() = default;
    template <Event E>
    static AnyEvent of(E event)
    {
        AnyEvent any;
        any.m_body = std::make_shared<Body<E>>(std::move(event));
        return any;
    }

    const char *name() const { return m_body->name(); }
    std::type_index type() const { return m_body->type(); }
    Intent intent() const { return m_body->intent(); }
    const Audience &audience() const { return m_body->audience(); }
    std::optional<MembershipChange> membership() const { return m_body->membership(); }
    bool showsContentTo(UserId user) const { return m_body->showsContentTo(user); }
    const QByteArray &payload(PayloadVariant variant) const { return m_body->encoded(variant); }

    /// The event as what it is; nullptr when it is of another type.
    template <typename E>
    const E *as() const
    {
        return type() == std::type_index(typeid(E))
            ? &static_cast<const Body<E> *>(m_body.get())->event
            : nullptr;
    }

    /// The place in the order of publication on this node; 0 before it is published. State that was
    /// read from the database after `EventBus::lastSequence()` returned n holds every event up to
    /// n.
    quint64 sequence() const { return m_sequence; }
    void setSequence(quint64 sequence) { m_sequence = sequence; }

private:
    struct AnyBody {
        virtual ~AnyBody() = default;
        virtual const char *name() const = 0;
        virtual std::type_index type() const = 0;
        virtual Intent intent() const = 0;
        virtual const Audience &audience() const = 0;
        virtual std::optional<MembershipChange> membership() const = 0;
        virtual bool showsContentTo(UserId user) const = 0;
        virtual const QByteArray &encoded(PayloadVariant variant) const = 0;
    };

    template <typename E>
    struct Body final : AnyBody {
        explicit Body(E e)
            : event(std::move(e))
            , who(event.audience())
        { }
        const char *name() const override { return E::eventName; }
        std::type_index type() const override { return typeid(E); }
        Intent intent() const override { return event.intent(); }
        const Audience &audience() const override { return who; }
        std::optional<MembershipChange> membership() const override
        {
            if constexpr (requires { event.membership(); })
                return event.membership();
            else
                return std::nullopt;
        }
        bool showsContentTo(UserId user) const override
        {
            if constexpr (requires { event.showsContentTo(user); })
                return event.showsContentTo(user);
            else
                return true;
        }
        const QByteArray &encoded(PayloadVariant variant) const override
        {
            const auto slot = size_t(variant);
            std::call_once(once[slot], [&] { bytes[slot] = event.payload(variant); });
            return bytes[slot];
        }

        E event;
        Audience who;
        mutable std::once_flag once[2];
        mutable QByteArray bytes[2];
    };

    std::shared_ptr<const AnyBody> m_body;
    quint64 m_sequence = 0;
};

} // namespace guildhall

Q_DECLARE_METATYPE(guildhall::AnyEvent)
