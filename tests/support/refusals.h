// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/core/result.h"

#include <QtTest>

/// The expression is a Result that was refused with this ErrorCode.
#define QVERIFY_REFUSED(expression, expectedCode)                                                  \
    do {                                                                                           \
        const auto ghRefused = (expression);                                                       \
        QVERIFY2(!ghRefused, "was not refused: " #expression);                                     \
        QCOMPARE(int(ghRefused.error().code), int(expectedCode));                                  \
    } while (false)

/// The expression is a Result with a value.
#define QVERIFY_ACCEPTED(expression)                                                               \
    do {                                                                                           \
        const auto ghAccepted = (expression);                                                      \
        QVERIFY2(ghAccepted, qPrintable(ghAccepted ? QString() : ghAccepted.error().message));     \
    } while (false)
