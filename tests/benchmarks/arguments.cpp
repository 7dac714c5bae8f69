// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/benchmarks/arguments.h"

#include <stdexcept>

namespace guildhall::bench {

Arguments::Arguments(int argc, char **argv)
{
    for (int i = 1; i < argc; i += 2) {
        const std::string name = argv[i];
        if (name.rfind("--", 0) != 0 || i + 1 == argc)
            throw std::runtime_error("expected --name value, not " + name);
        m_values[name.substr(2)] = argv[i + 1];
    }
}

const std::string &Arguments::text(const std::string &name) const
{
    const auto found = m_values.find(name);
    if (found == m_values.end())
        throw std::runtime_error("--" + name + " is missing");
    return found->second;
}

std::size_t Arguments::number(const std::string &name) const
{
    return std::stoul(text(name));
}

} // namespace guildhall::bench
