// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/gateway/door/body_budget.h"

#include "server/gateway/rest/client_address.h"

#include <utility>

namespace guildhall {

BodyBudget::BodyBudget(Limits limits)
    : m_book(std::make_shared<Book>(limits))
{ }

BodyBudget::Share BodyBudget::open(const QHostAddress &address)
{
    return Share(m_book, countedNetwork(address));
}

BodyBudget::Share BodyBudget::openUncounted()
{
    return Share(m_book, std::nullopt);
}

qint64 BodyBudget::taken() const
{
    const std::lock_guard lock(m_book->mutex);
    return m_book->total;
}

BodyBudget::Share::Share(std::shared_ptr<Book> book, std::optional<QHostAddress> counted)
    : m_book(std::move(book))
    , m_counted(std::move(counted))
{ }

BodyBudget::Share &BodyBudget::Share::operator=(Share &&other) noexcept
{
    if (this != &other) {
        release();
        m_book = std::move(other.m_book);
        m_counted = std::move(other.m_counted);
        m_bytes = std::exchange(other.m_bytes, 0);
    }
    return *this;
}

bool BodyBudget::Share::growTo(qint64 bytes)
{
    const qint64 more = bytes - m_bytes;
    const std::lock_guard lock(m_book->mutex);
    if (m_book->total + more > m_book->limits.total)
        return false;
    if (m_counted) {
        const qint64 ofAddress = m_book->perAddress.value(*m_counted) + more;
        if (ofAddress > m_book->limits.perAddress)
            return false;
        m_book->perAddress[*m_counted] = ofAddress;
    }
    m_book->total += more;
    m_bytes = bytes;
    return true;
}

void BodyBudget::Share::release()
{
    const std::shared_ptr<Book> book = std::move(m_book);
    if (!book || m_bytes == 0)
        return;
    const std::lock_guard lock(book->mutex);
    book->total -= m_bytes;
    if (!m_counted)
        return;
    const auto it = book->perAddress.find(*m_counted);
    if ((it.value() -= m_bytes) == 0)
        book->perAddress.erase(it);
}

} // namespace guildhall
