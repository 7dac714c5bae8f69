// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <utility>

namespace guildhall {

/// A field that is always on the wire and is null when empty; std::optional is absent when empty.
template <typename T>
class Nullable : public std::optional<T> {
public:
    using std::optional<T>::optional;
    Nullable(const std::optional<T> &other) // implicit: the two differ on the wire only
        : std::optional<T>(other)
    { }
    Nullable(std::optional<T> &&other)
        : std::optional<T>(std::move(other))
    { }
    // Without it, std::optional's own comparisons are ambiguous for a derived class.
    friend bool operator==(const Nullable &a, const Nullable &b)
    {
        return static_cast<const std::optional<T> &>(a) == static_cast<const std::optional<T> &>(b);
    }
};

/// A field of a PATCH body: absent (leave as it is), null (clear) or a value.
template <typename T>
class Patch {
public:
    Patch() = default;
    Patch(T value) // implicit, so that a body reads as it is written
        : m_value(std::move(value))
        , m_present(true)
    { }
    static Patch clear()
    {
        Patch patch;
        patch.m_present = true;
        return patch;
    }

    bool isPresent() const { return m_present; }
    bool isNull() const { return m_present && !m_value; }
    bool hasValue() const { return m_value.has_value(); }
    const T &operator*() const { return *m_value; }
    T &operator*() { return *m_value; }
    const T *operator->() const { return &*m_value; }
    const std::optional<T> &asOptional() const { return m_value; }
    /// The value after the patch, given the one before.
    std::optional<T> appliedTo(std::optional<T> before) const
    {
        return m_present ? m_value : std::move(before);
    }
    T valueOr(T fallback) const { return m_value.value_or(std::move(fallback)); }

    friend bool operator==(const Patch &, const Patch &) = default;

private:
    std::optional<T> m_value;
    bool m_present = false;
};

} // namespace guildhall
