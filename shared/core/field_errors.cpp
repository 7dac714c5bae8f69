// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/core/field_errors.h"

namespace guildhall {

ApiError makeFieldErrors(std::vector<FieldError> mistakes)
{
    ApiError error = makeError(ErrorCode::InvalidFormBody);
    error.fields = std::move(mistakes);
    return error;
}

std::vector<FieldError> under(const QStringList &place, std::vector<FieldError> mistakes)
{
    for (FieldError &mistake : mistakes)
        mistake.path = place + mistake.path;
    return mistakes;
}

} // namespace guildhall
