// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/benchmarks/gateway_client.h"

#include <sys/epoll.h>
#include <sys/socket.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <stdexcept>

namespace guildhall::bench {

namespace {

using Clock = std::chrono::steady_clock;

constexpr std::size_t opening = 50; ///< sessions that are being opened at the same time
constexpr std::size_t beating = 100;
constexpr int patience = 60000; ///< ms without anything: the run failed
constexpr int quiet = 500; ///< ms without anything: the server has nothing more to say
constexpr std::uint64_t exchangeTag = std::uint64_t(1) << 32;
/// READY is longer, op 9 (not identified) is shorter.
constexpr std::uint64_t leastReady = 200;

constexpr std::string_view upgradeRequest = "GET /?v=10&encoding=json HTTP/1.1\r\n"
                                            "Host: 127.0.0.1\r\n"
                                            "Upgrade: websocket\r\n"
                                            "Connection: Upgrade\r\n"
                                            "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
                                            "Sec-WebSocket-Version: 13\r\n\r\n";

double secondsSince(Clock::time_point begin)
{
    return std::chrono::duration<double>(Clock::now() - begin).count();
}

double median(std::vector<double> values)
{
    const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
    std::nth_element(values.begin(), middle, values.end());
    return *middle;
}

} // namespace

struct GatewayClient::Session {
    enum class State { Upgrading, Greeted, Identifying, Ready };

    Descriptor socket;
    State state = State::Upgrading;
    std::string head; ///< of the answer to the upgrade
    FrameCounter counter;
};

GatewayClient::GatewayClient(Target target)
    : m_target(std::move(target))
    , m_epoll(checked(::epoll_create1(EPOLL_CLOEXEC), "epoll_create1"))
    , m_buffer(std::size_t(256) * 1024, '\0')
{
    if (m_target.isBare)
        m_command = connectToLoopback(m_target.port);
    else
        m_identifyFrame = clientTextFrame(m_target.identify);
}

GatewayClient::~GatewayClient() = default;

void GatewayClient::watch(int fd, std::uint64_t tag)
{
    epoll_event event{};
    event.events = EPOLLIN;
    event.data.u64 = tag;
    checked(::epoll_ctl(m_epoll.get(), EPOLL_CTL_ADD, fd, &event), "epoll_ctl");
}

void GatewayClient::open(std::size_t count)
{
    while (m_ready < count) {
        while (m_sessions.size() < count && m_sessions.size() - m_ready < opening)
            openOne();
        if (m_ready < count)
            turnOrFail();
    }
    while (!m_target.isBare && turn(quiet)) { }
}

void GatewayClient::openOne()
{
    auto session = std::make_unique<Session>();
    session->socket = connectToLoopback(m_target.port);
    watch(session->socket.get(), m_sessions.size());
    if (m_target.isBare) {
        session->state = Session::State::Ready;
        ++m_ready;
    } else {
        sendAll(session->socket.get(), upgradeRequest);
    }
    m_sessions.push_back(std::move(session));
}

bool GatewayClient::turn(int patienceMs)
{
    epoll_event events[256];
    const int count = checked(::epoll_wait(m_epoll.get(), events, 256, patienceMs), "epoll_wait");
    for (int i = 0; i < count; ++i) {
        const std::uint64_t tag = events[i].data.u64;
        if (tag >= exchangeTag)
            m_exchanges[tag - exchangeTag].read();
        else
            readSession(*m_sessions[tag]);
    }
    return count > 0;
}

void GatewayClient::turnOrFail()
{
    if (!turn(patience))
        throw std::runtime_error("nothing came for a minute");
}

void GatewayClient::readSession(Session &session)
{
    const ssize_t got = ::recv(session.socket.get(), m_buffer.data(), m_buffer.size(), 0);
    if (got < 0 && errno == EAGAIN)
        return;
    checked(static_cast<int>(got), "recv");
    if (got == 0)
        throw std::runtime_error("the server ended a connection");
    const std::string_view bytes(m_buffer.data(), static_cast<std::size_t>(got));
    if (session.state == Session::State::Upgrading)
        greet(session, bytes);
    else
        advance(session, session.counter.feed(bytes));
}

void GatewayClient::greet(Session &session, std::string_view bytes)
{
    session.head.append(bytes);
    const std::size_t end = session.head.find("\r\n\r\n");
    if (end == std::string::npos)
        return;
    if (session.head.rfind("HTTP/1.1 101", 0) != 0)
        throw std::runtime_error("no upgrade: " + session.head);
    session.state = Session::State::Greeted;
    const std::string rest = session.head.substr(end + 4);
    session.head = std::string();
    advance(session, session.counter.feed(rest));
}

void GatewayClient::advance(Session &session, std::size_t frames)
{
    if (frames == 0)
        return;
    m_lastPayload = session.counter.lastPayload();
    switch (session.state) {
    case Session::State::Greeted: // the frame was HELLO
        session.state = Session::State::Identifying;
        sendAll(session.socket.get(), m_identifyFrame);
        break;
    case Session::State::Identifying:
        if (frames == 1 && m_lastPayload < leastReady)
            throw std::runtime_error("IDENTIFY was not answered with READY");
        session.state = Session::State::Ready;
        ++m_ready;
        break;
    default:
        m_frames += frames;
    }
}

void GatewayClient::expectConnections(std::size_t count)
{
    while (m_exchanges.size() < count) {
        const int fd = m_exchanges.emplace_back(m_target.port).descriptor();
        watch(fd, exchangeTag + m_exchanges.size() - 1);
    }
}

void GatewayClient::ask(std::size_t events)
{
    if (m_target.isBare) {
        const char copies = static_cast<char>(events);
        sendAll(m_command.get(), {&copies, 1});
        return;
    }
    for (std::size_t i = 0; i < events; ++i)
        m_exchanges[i].start(m_target.eventRequest);
}

bool GatewayClient::areExchangesIdle() const
{
    return std::none_of(m_exchanges.begin(), m_exchanges.end(),
                        [](const HttpExchange &exchange) { return exchange.isBusy(); });
}

GatewayClient::FanOut GatewayClient::fanOut(std::size_t rounds, std::size_t inFlight)
{
    if (rounds == 0 || inFlight == 0 || inFlight > 100)
        throw std::invalid_argument("fanout wants rounds, and 1 to 100 events in flight");
    if (!m_target.isBare)
        expectConnections(inFlight);
    std::vector<double> times;
    const auto begin = Clock::now();
    for (std::size_t round = 0; round < rounds; ++round) {
        const auto asked = Clock::now();
        m_frames = 0;
        ask(inFlight);
        while (m_frames < inFlight * m_sessions.size() || !areExchangesIdle())
            turnOrFail();
        times.push_back(secondsSince(asked) * 1000);
    }
    return {rounds * inFlight, secondsSince(begin), median(times), m_lastPayload};
}

GatewayClient::Beats GatewayClient::beat(std::size_t count)
{
    if (count == 0 || m_sessions.empty())
        throw std::invalid_argument("beat wants a count, and sessions");
    const std::string frame = clientTextFrame(R"({"op":1,"d":null})");
    // Spread over all sessions, so that what is near in memory is not always the same.
    const std::size_t used = std::min(beating, m_sessions.size());
    const std::size_t step = m_sessions.size() / used;
    std::vector<double> times;
    const auto begin = Clock::now();
    for (std::size_t i = 0; i < count; ++i) {
        const auto sent = Clock::now();
        m_frames = 0;
        sendAll(m_sessions[i % used * step]->socket.get(), frame);
        while (m_frames == 0)
            turnOrFail();
        times.push_back(secondsSince(sent) * 1e6);
    }
    return {secondsSince(begin), median(times)};
}

} // namespace guildhall::bench
