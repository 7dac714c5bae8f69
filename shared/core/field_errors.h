// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/core/api_error.h"

namespace guildhall {

/// The refusal of a body with every mistake in it, of which there is at least one.
ApiError makeFieldErrors(std::vector<FieldError> mistakes);
/// The mistakes of a part, as those of the whole in which it is at `place`.
std::vector<FieldError> under(const QStringList &place, std::vector<FieldError> mistakes);

} // namespace guildhall
