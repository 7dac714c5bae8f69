// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/app/config_weak_secret.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <string>

namespace guildhall {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype leastBytes = 32;

/// Phrases of placeholders, in lower case and without what separates words. No random key holds
/// one: the shortest has eight letters.
constexpr std::array placeholders
    = {"changeme",   "changethis",    "changeinproduction", "replaceme",  "replacethis",
       "yoursecret", "yourjwtsecret", "yoursupersecret",    "yoursecure", "yourownsecret"};

std::string lettersOf(const QByteArray &secret)
{
    std::string letters;
    for (const char c : secret) {
        if (std::isalnum(static_cast<unsigned char>(c)))
            letters += char(std::tolower(static_cast<unsigned char>(c)));
    }
    return letters;
}

} // namespace

std::optional<QString> secretWeakness(const QByteArray &secret)
{
    if (secret.size() < leastBytes)
        return u"has %1 bytes and could be guessed"_s.arg(secret.size());
    const std::string letters = lettersOf(secret);
    const bool isPlaceholder
        = std::any_of(placeholders.begin(), placeholders.end(), [&letters](const char *phrase) {
              return letters.find(phrase) != std::string::npos;
          });
    if (isPlaceholder)
        return u"is a well-known placeholder"_s;
    return std::nullopt;
}

} // namespace guildhall
