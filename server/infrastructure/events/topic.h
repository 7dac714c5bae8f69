// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/infrastructure/events/event.h"

#include <QObject>

namespace guildhall {

/// One kind of event as a Qt signal: connections, context objects and the hop into the listener's
/// thread are Qt's. A class template cannot hold Q_OBJECT, so this one serves every event type.
class Topic : public QObject {
    Q_OBJECT
public:
    using QObject::QObject;

Q_SIGNALS:
    void published(const guildhall::AnyEvent &event);
};

} // namespace guildhall
