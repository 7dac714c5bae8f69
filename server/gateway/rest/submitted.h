// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/core/result.h"

namespace guildhall {

/// A body as it arrived: the value, or its mistakes. Services take it where the contract wants
/// rights to be judged before the body (api.md 2, order of checks), and look at it afterwards:
///
///     GH_TRY(const ChannelGrant grant, m_permissions.require(…));
///     GH_TRY(const CreateMessage body, submitted.checked());
template <typename T>
class Submitted {
public:
    Submitted(T value) // implicit: a value made by ourselves has no mistakes
        : m_value(std::move(value))
    { }
    Submitted(Result<T> result)
        : m_value(std::move(result))
    { }
    /// @error InvalidJson, InvalidFormBody with every mistake
    const Result<T> &checked() const { return m_value; }

private:
    Result<T> m_value;
};

} // namespace guildhall
