// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/app/config.h"

#include <QString>
#include <QStringView>

#include <tl/expected.hpp>

#include <chrono>
#include <optional>
#include <utility>
#include <vector>

/// Kinds of values. Each says what it allows, and reads a text into a value or into a sentence that
/// says what is wrong with it. Texts are not empty.
namespace guildhall::configValues {

template <typename T>
using Read = tl::expected<T, QString>;

struct WholeNumber {
    qint64 least;
    qint64 most;
    QString allowed() const;
    Read<qint64> operator()(QStringView text) const;
};

/// Milliseconds, without a unit: the names end in _MS.
struct Milliseconds {
    qint64 least;
    qint64 most;
    QString allowed() const;
    Read<std::chrono::milliseconds> operator()(QStringView text) const;
};

/// Seconds, or a number with s, m, h or d.
struct Duration {
    QString allowed() const;
    Read<std::chrono::seconds> operator()(QStringView text) const;
};

/// One of a few words.
template <typename T>
struct Choice {
    std::vector<std::pair<QString, T>> words;
    QString allowed() const
    {
        QStringList all;
        for (const auto &[word, value] : words)
            all.append(word);
        return all.join(QStringLiteral(", "));
    }
    Read<T> operator()(QStringView text) const
    {
        for (const auto &[word, value] : words) {
            if (text == word)
                return value;
        }
        return tl::unexpected(QStringLiteral("is none of these"));
    }
};

/// on, true, yes, 1, or their opposites.
struct Switch {
    QString allowed() const;
    Read<bool> operator()(QStringView text) const;
};

/// Any text without control characters.
struct Text {
    QString allowed() const;
    Read<QString> operator()(QStringView text) const;
};

/// An absolute path is made of it.
struct Directory {
    QString allowed() const;
    Read<QString> operator()(QStringView text) const;
};

struct Address {
    QString allowed() const;
    Read<QHostAddress> operator()(QStringView text) const;
};

struct AddressAndPort {
    QString allowed() const;
    Read<std::pair<QHostAddress, quint16>> operator()(QStringView text) const;
};

/// Addresses and subnets, with commas between.
struct Subnets {
    QString allowed() const;
    Read<std::vector<Subnet>> operator()(QStringView text) const;
};

/// http or https (ws and wss mean the same), a host, perhaps a port, and nothing else.
struct BaseUrl {
    QString allowed() const;
    Read<QUrl> operator()(QStringView text) const;
};

/// Where a server is and how to sign in there.
struct ServerUrl {
    QString host;
    std::optional<quint16> port;
    QString user;
    QString password;
    QString path; ///< without its slash: the database
    QString sslMode;
};

struct DatabaseUrl {
    QString allowed() const;
    Read<ServerUrl> operator()(QStringView text) const;
};

struct Rules {
    QString allowed() const;
    Read<std::vector<LogRule>> operator()(QStringView text) const;
};

/// The words of libpq for its sslmode.
Choice<QString> sslModes();

} // namespace guildhall::configValues
