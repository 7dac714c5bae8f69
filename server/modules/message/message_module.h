// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/modules/message/message_controller.h"

namespace guildhall {

/// Messages of channels.
class MessageModule {
public:
    MessageModule(const Kernel &kernel, PermissionService &permissions, UserService &users);

    /// Counts what the lane does. @param metrics outlives it. @thread main, before start()
    void measureWith(LaneMetrics &metrics) { m_lane.measureWith(metrics); }
    /// Starts and stops the lane that stores messages; what waits in it is written first.
    void start() { m_lane.start(); }
    void stop(std::chrono::milliseconds patience = std::chrono::seconds(5))
    {
        m_lane.stop(patience);
    }
    /// Forgets nonces that are too old to matter; to be called every minute or so.
    void forgetOldNonces();

private:
    Kernel m_kernel;
    MessageView m_view;
    MessageLane m_lane;
    MessageCreation m_creation;
    MessageReading m_reading;
    MessageEditing m_editing;
    MessageController m_controller;
};

} // namespace guildhall
