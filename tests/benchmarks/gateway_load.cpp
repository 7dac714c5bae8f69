// SPDX-License-Identifier: GPL-3.0-or-later
// Gateway sessions that stay open while the driver measures the server. One command a line on
// standard input, one line of JSON back.
#include "tests/benchmarks/arguments.h"
#include "tests/benchmarks/gateway_client.h"

#include <cstdio>
#include <exception>
#include <iostream>
#include <sstream>
#include <stdexcept>

using namespace guildhall::bench;

namespace {

GatewayClient::Target targetOf(const Arguments &arguments)
{
    GatewayClient::Target target{arguments.port(), !arguments.has("identify"), {}, {}};
    if (!target.isBare)
        target.identify = readFile(arguments.text("identify"));
    if (arguments.has("event"))
        target.eventRequest = readFile(arguments.text("event"));
    return target;
}

void obey(GatewayClient &client, const std::string &line)
{
    std::istringstream words(line);
    std::string command;
    std::size_t first = 0;
    std::size_t second = 0;
    words >> command >> first;
    if (command == "open") {
        client.open(first);
        std::printf("{\"sessions\": %zu}\n", first);
    } else if (command == "fanout" && words >> second) {
        const auto result = client.fanOut(first, second);
        std::printf("{\"events\": %zu, \"seconds\": %.6f, \"round_p50_ms\": %.4f, \"payload\": "
                    "%llu}\n",
                    result.events, result.seconds, result.medianMs,
                    static_cast<unsigned long long>(result.payload));
    } else if (command == "beat") {
        const auto result = client.beat(first);
        std::printf("{\"beats\": %zu, \"seconds\": %.6f, \"p50_us\": %.2f}\n", first,
                    result.seconds, result.medianUs);
    } else {
        throw std::runtime_error("commands: open N | fanout ROUNDS IN_FLIGHT | beat N");
    }
    std::fflush(stdout);
}

} // namespace

// --port P [--identify FILE] [--event FILE]; without --identify the port is limit_sender's.
int main(int argc, char **argv)
{
    try {
        const Arguments arguments(argc, argv);
        raiseDescriptorLimit();
        GatewayClient client(targetOf(arguments));
        for (std::string line; std::getline(std::cin, line);)
            obey(client, line);
        return 0;
    } catch (const std::exception &problem) {
        std::fprintf(stderr, "gateway_load: %s\n", problem.what());
        return 1;
    }
}
