// SPDX-License-Identifier: GPL-3.0-or-later
// Requests over kept connections, each with one request in flight. The driver writes the request
// and reads the server's CPU; "run N" on standard input sends N requests and prints one line of
// JSON.
#include "tests/benchmarks/arguments.h"
#include "tests/benchmarks/http_exchange.h"

#include <sys/epoll.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <deque>
#include <exception>
#include <iostream>
#include <stdexcept>
#include <vector>

using namespace guildhall::bench;

namespace {

using Clock = std::chrono::steady_clock;
using Milliseconds = std::chrono::duration<double, std::milli>;
constexpr int patienceMs = 60000;

class Load {
public:
    Load(std::uint16_t port, std::size_t connections, std::string request)
        : m_epoll(checked(::epoll_create1(EPOLL_CLOEXEC), "epoll_create1"))
        , m_request(std::move(request))
        , m_started(connections)
    {
        for (std::size_t i = 0; i < connections; ++i) {
            epoll_event event{};
            event.events = EPOLLIN;
            event.data.u64 = i;
            const int fd = m_connections.emplace_back(port).descriptor();
            checked(::epoll_ctl(m_epoll.get(), EPOLL_CTL_ADD, fd, &event), "epoll_ctl");
        }
    }

    void run(std::size_t requests)
    {
        m_toStart = requests;
        m_times.clear();
        const auto begin = Clock::now();
        for (std::size_t i = 0; i < m_connections.size(); ++i)
            startNext(i);
        while (m_times.size() < requests)
            readAnswers();
        print(Milliseconds(Clock::now() - begin).count());
    }

private:
    void startNext(std::size_t connection)
    {
        if (m_toStart == 0)
            return;
        --m_toStart;
        m_started[connection] = Clock::now();
        m_connections[connection].start(m_request);
    }

    void readAnswers()
    {
        epoll_event events[64];
        const int count
            = checked(::epoll_wait(m_epoll.get(), events, 64, patienceMs), "epoll_wait");
        if (count == 0)
            throw std::runtime_error("no answer for a minute");
        for (int i = 0; i < count; ++i) {
            const std::size_t connection = events[i].data.u64;
            if (!m_connections[connection].read())
                continue;
            m_times.push_back(Milliseconds(Clock::now() - m_started[connection]).count());
            startNext(connection);
        }
    }

    void print(double milliseconds)
    {
        std::sort(m_times.begin(), m_times.end());
        const auto quantile = [this](double part) {
            return m_times[static_cast<std::size_t>(part * double(m_times.size() - 1))];
        };
        std::printf("{\"requests\": %zu, \"seconds\": %.6f, \"p50_ms\": %.4f, \"p99_ms\": %.4f}\n",
                    m_times.size(), milliseconds / 1000, quantile(0.5), quantile(0.99));
        std::fflush(stdout);
    }

    Descriptor m_epoll;
    std::string m_request;
    std::deque<HttpExchange> m_connections;
    std::vector<Clock::time_point> m_started;
    std::vector<double> m_times; ///< milliseconds, of each answered request
    std::size_t m_toStart = 0;
};

} // namespace

// --port P --connections C --request FILE
int main(int argc, char **argv)
{
    try {
        const Arguments arguments(argc, argv);
        raiseDescriptorLimit();
        Load load(arguments.port(), arguments.number("connections"),
                  readFile(arguments.text("request")));
        std::puts("{\"ready\": true}");
        std::fflush(stdout);
        std::string command;
        std::size_t requests = 0;
        while (std::cin >> command >> requests) {
            if (command != "run" || requests == 0)
                throw std::runtime_error("the command is: run N");
            load.run(requests);
        }
        return 0;
    } catch (const std::exception &problem) {
        std::fprintf(stderr, "http_load: %s\n", problem.what());
        return 1;
    }
}
