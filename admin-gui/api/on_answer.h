// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFuture>
#include <QFutureWatcher>
#include <QObject>

#include <utility>

namespace guildhall::console {

/// Calls `function` with the future's result in `context`'s thread, or never when `context` is
/// gone or the future was cancelled. QFuture::then(context, …) of Qt 6.4 asserts when the context
/// dies first, which a page that is closed during a call does.
template <typename T, typename Function>
void onAnswer(const QFuture<T> &future, QObject *context, Function function)
{
    auto *watcher = new QFutureWatcher<T>(context);
    QObject::connect(watcher, &QFutureWatcher<T>::finished, context,
                     [watcher, call = std::move(function)]() mutable {
                         watcher->deleteLater();
                         if (!watcher->isCanceled())
                             call(watcher->result());
                     });
    watcher->setFuture(future);
}

} // namespace guildhall::console
