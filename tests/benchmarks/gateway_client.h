// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/benchmarks/frame_counter.h"
#include "tests/benchmarks/http_exchange.h"
#include "tests/benchmarks/sockets.h"

#include <cstdint>
#include <deque>
#include <memory>
#include <string>
#include <vector>

namespace guildhall::bench {

/// Many gateway sessions in one thread. Against `limit_sender`, bare connections in their place.
class GatewayClient {
public:
    struct Target {
        std::uint16_t port;
        bool isBare; ///< no handshake, no IDENTIFY; an event is asked for by a byte
        std::string identify; ///< JSON
        std::string eventRequest; ///< HTTP; its execution sends one event to every session
    };
    struct FanOut {
        std::size_t events = 0;
        double seconds = 0;
        double medianMs = 0; ///< of a round: from asking to the last client's last byte
        std::uint64_t payload = 0; ///< bytes of an event
    };
    struct Beats {
        double seconds = 0;
        double medianUs = 0;
    };

    explicit GatewayClient(Target target);
    ~GatewayClient();

    /// Opens `count` sessions and returns once each has had its READY and nothing more comes.
    void open(std::size_t count);
    /// Asks for `inFlight` events at once and waits until every session has them, `rounds` times.
    FanOut fanOut(std::size_t rounds, std::size_t inFlight);
    /// Heartbeats, one at a time, by turns over at most 100 sessions: a session may not send more
    /// than 120 payloads in a minute.
    Beats beat(std::size_t count);

private:
    struct Session;

    void openOne();
    void watch(int fd, std::uint64_t tag);
    /// Waits and reads once. False when nothing came for `patienceMs`.
    bool turn(int patienceMs);
    void turnOrFail();
    void readSession(Session &session);
    void greet(Session &session, std::string_view bytes);
    void advance(Session &session, std::size_t frames);
    void ask(std::size_t events);
    void expectConnections(std::size_t count);
    bool areExchangesIdle() const;

    Target m_target;
    Descriptor m_epoll;
    Descriptor m_command; ///< to limit_sender
    std::vector<std::unique_ptr<Session>> m_sessions;
    std::deque<HttpExchange> m_exchanges;
    std::string m_identifyFrame;
    std::string m_buffer;
    std::size_t m_ready = 0;
    std::size_t m_frames = 0; ///< received by sessions that are ready
    std::uint64_t m_lastPayload = 0;
};

} // namespace guildhall::bench
