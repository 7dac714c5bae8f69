// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QThread>

/// In debug builds: stops the program when `object` (a QObject *) is used from another thread than
/// its own.
#define GH_ASSERT_THREAD(object)                                                                   \
    Q_ASSERT_X(QThread::currentThread() == (object)->thread(), Q_FUNC_INFO,                        \
               "called from another thread than the object's own")
