// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QHash>
#include <QHostAddress>

#include <memory>
#include <mutex>
#include <optional>

namespace guildhall {

/// Counts the open connections, in all and of each address. An IPv6 client owns a whole /64, so
/// that counts as one address.
/// @thread any
class AddressQuota {
    struct Book;

public:
    /// One counted connection; its place is free again when this goes.
    class Place {
    public:
        Place() = default;
        Place(Place &&) = default;
        Place &operator=(Place &&other) noexcept;
        ~Place() { release(); }

    private:
        friend class AddressQuota;
        Place(std::shared_ptr<Book> book, std::optional<QHostAddress> counted);
        void release();

        std::shared_ptr<Book> m_book;
        std::optional<QHostAddress> m_counted;
    };

    AddressQuota();

    /// A place for a connection that is never refused; only the total counts it.
    Place takeUncounted();
    /// A place for a connection from that address, or nothing when it has `cap` of them already.
    std::optional<Place> take(const QHostAddress &address, int cap);

    /// Connections that are open now.
    int total() const;

private:
    struct Book {
        std::mutex mutex;
        QHash<QHostAddress, int> perAddress;
        int total = 0;
    };

    std::shared_ptr<Book> m_book; ///< outlives the quota while places are out
};

} // namespace guildhall
