// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <map>
#include <string>

namespace guildhall::bench {

/// Command lines of the form `--name value --name value`.
class Arguments {
public:
    /// Throws std::runtime_error on anything else.
    Arguments(int argc, char **argv);

    bool has(const std::string &name) const { return m_values.count(name) != 0; }
    /// Throws std::runtime_error when it is missing.
    const std::string &text(const std::string &name) const;
    /// Throws std::exception when it is missing or no number.
    std::size_t number(const std::string &name) const;
    std::uint16_t port() const { return static_cast<std::uint16_t>(number("port")); }

private:
    std::map<std::string, std::string> m_values;
};

} // namespace guildhall::bench
