// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/app/config_schema.h"

#include <optional>
#include <utility>
#include <vector>

namespace guildhall {

/// Adds the settings of one section to the schema. `kind` is one of configValues: it reads the
/// text; `store` puts what was read into the Config.
class ConfigSection {
public:
    ConfigSection(std::vector<ConfigKey> &keys, const char *name)
        : m_keys(keys)
        , m_name(name)
    { }

    /// A setting with a default.
    template <typename Kind, typename Store>
    ConfigSection &add(const char *name, const char *fallback, const char *meaning, Kind kind,
                       Store store)
    {
        return append({name, m_name, fallback, "", meaning, false, kind.allowed(), "",
                       applier(std::move(kind), store)});
    }

    /// A setting that means something by its absence.
    template <typename Kind, typename Store>
    ConfigSection &addOptional(const char *name, const char *whenUnset, const char *meaning,
                               Kind kind, Store store)
    {
        return append({name, m_name, "", whenUnset, meaning, false, kind.allowed(), "",
                       applier(std::move(kind), store)});
    }

    template <typename Kind, typename Store>
    ConfigSection &addSecret(const char *name, const char *whenUnset, const char *meaning,
                             Kind kind, Store store)
    {
        return append({name, m_name, "", whenUnset, meaning, true, kind.allowed(), "",
                       applier(std::move(kind), store)});
    }

    /// A setting that is known and read by nobody. Any text is right. @param why a clause
    ConfigSection &addWithoutEffect(const char *name, const char *why)
    {
        return append({name, m_name, "", "", "", false, {}, why, nothingApplied});
    }

    ConfigSection &addSecretWithoutEffect(const char *name, const char *why)
    {
        return append({name, m_name, "", "", "", true, {}, why, nothingApplied});
    }

private:
    static std::optional<QString> nothingApplied(QStringView, Config &) { return std::nullopt; }

    template <typename Kind, typename Store>
    static auto applier(Kind kind, Store store)
    {
        return [kind = std::move(kind), store](QStringView text,
                                               Config &config) -> std::optional<QString> {
            auto value = kind(text);
            if (!value)
                return value.error();
            store(config, *std::move(value));
            return std::nullopt;
        };
    }

    ConfigSection &append(ConfigKey key)
    {
        m_keys.push_back(std::move(key));
        return *this;
    }

    std::vector<ConfigKey> &m_keys;
    const char *const m_name;
};

} // namespace guildhall
