// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/gateway/door/address_quota.h"

#include "server/gateway/rest/client_address.h"

#include <utility>

namespace guildhall {

AddressQuota::AddressQuota()
    : m_book(std::make_shared<Book>())
{ }

AddressQuota::Place AddressQuota::takeUncounted()
{
    const std::lock_guard lock(m_book->mutex);
    ++m_book->total;
    return Place(m_book, std::nullopt);
}

std::optional<AddressQuota::Place> AddressQuota::take(const QHostAddress &address, int cap)
{
    const QHostAddress key = countedNetwork(address);
    const std::lock_guard lock(m_book->mutex);
    int &open = m_book->perAddress[key];
    if (open >= cap)
        return std::nullopt;
    ++open;
    ++m_book->total;
    return Place(m_book, key);
}

int AddressQuota::total() const
{
    const std::lock_guard lock(m_book->mutex);
    return m_book->total;
}

AddressQuota::Place::Place(std::shared_ptr<Book> book, std::optional<QHostAddress> counted)
    : m_book(std::move(book))
    , m_counted(std::move(counted))
{ }

AddressQuota::Place &AddressQuota::Place::operator=(Place &&other) noexcept
{
    if (this != &other) {
        release();
        m_book = std::move(other.m_book);
        m_counted = std::move(other.m_counted);
    }
    return *this;
}

void AddressQuota::Place::release()
{
    const std::shared_ptr<Book> book = std::move(m_book);
    if (!book)
        return;
    const std::lock_guard lock(book->mutex);
    --book->total;
    if (!m_counted)
        return;
    const auto it = book->perAddress.find(*m_counted);
    if (it != book->perAddress.end() && --it.value() <= 0)
        book->perAddress.erase(it);
}

} // namespace guildhall
