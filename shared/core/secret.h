// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDebug>

#include <utility>

namespace guildhall {

/// A value that must not reach a log: it prints as ***. Take it out with reveal(), which is easy
/// to search for.
template <typename T>
class Secret {
public:
    Secret() = default;
    explicit Secret(T value)
        : m_value(std::move(value))
    { }
    const T &reveal() const { return m_value; }
    friend bool operator==(const Secret &, const Secret &) = default;
    friend QDebug operator<<(QDebug debug, const Secret &)
    {
        QDebugStateSaver saver(debug);
        return debug.nospace() << "***";
    }

private:
    T m_value{};
};

} // namespace guildhall
