// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace guildhall {

class Clock;
class EventBus;
class Router;
class Snowflakes;
class WorkerPool;
namespace db {
class Database;
}

/// What every module gets: a struct of references, filled by the application. No service locator.
struct Kernel {
    Router &routes;
    EventBus &events;
    db::Database &database;
    Snowflakes &ids;
    const Clock &clock;
    WorkerPool &api; ///< for work that an event or a timer starts
};

} // namespace guildhall
