// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/core/api_error.h"

#include <tl/expected.hpp>

#include <utility>

namespace guildhall {

/// What a service returns: the value, or the refusal. Faults (database gone, a bug) are exceptions
/// instead; see ADR 0005. An alias, so that it becomes std::expected under C++23.
template <typename T>
using Result = tl::expected<T, ApiError>;

/// `return refuse(ErrorCode::UnknownMessage);`
inline tl::unexpected<ApiError> refuse(ErrorCode code, QString message = {})
{
    return tl::unexpected<ApiError>(makeError(code, std::move(message)));
}

/// `return refuseField({u"name"_qs}, "BASE_TYPE_REQUIRED", …);`
inline tl::unexpected<ApiError> refuseField(QStringList path, QByteArray code, QString message)
{
    return tl::unexpected<ApiError>(
        makeFieldError(std::move(path), std::move(code), std::move(message)));
}

#define GH_CONCAT_INNER(a, b) a##b
#define GH_CONCAT(a, b) GH_CONCAT_INNER(a, b)

/// `GH_TRY(const Message message, m_repository.find(id));` binds the value, or returns the refusal.
#define GH_TRY(declaration, expression)                                                            \
    auto GH_CONCAT(ghResult, __LINE__) = (expression);                                             \
    if (!GH_CONCAT(ghResult, __LINE__))                                                            \
        return tl::unexpected<guildhall::ApiError>(                                                \
            std::move(GH_CONCAT(ghResult, __LINE__)).error());                                     \
    declaration = std::move(*GH_CONCAT(ghResult, __LINE__))

/// `GH_CHECK(requireOwner(guild));` goes on, or returns the refusal; the value is not wanted.
#define GH_CHECK(expression)                                                                       \
    if (auto ghChecked = (expression); !ghChecked)                                                 \
    return tl::unexpected<guildhall::ApiError>(std::move(ghChecked).error())

} // namespace guildhall
