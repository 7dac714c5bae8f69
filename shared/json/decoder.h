// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/core/api_error.h"
#include "shared/json/parse.h"

#include <QByteArray>
#include <QStringList>

#include <vector>

namespace guildhall::json {

/// Where a decoder stands and what it found wrong so far. The mistakes of a body are collected, so
/// that a client sees them in one answer.
class Decoder {
public:
    enum class Source {
        Body, ///< JSON with types
        Query, ///< everything is text, and a list may be one text
    };
    explicit Decoder(Source source = Source::Body)
        : m_source(source)
    { }

    bool isQuery() const { return m_source == Source::Query; }

    /// How many mistakes are told to a client; the rest is only counted, so that a body made of
    /// nothing but mistakes cannot fill the memory.
    static constexpr size_t maxErrors = 100;

    /// Notes a mistake at the present place.
    void fail(QByteArray code, QString message);
    void failRequired();
    bool ok() const { return m_count == 0; }
    size_t errorCount() const { return m_count; }
    std::vector<FieldError> takeErrors() { return std::move(m_errors); }

    /// Names the place for as long as it lives.
    class Step {
    public:
        Step(Decoder &decoder, QString name)
            : m_decoder(decoder)
        {
            decoder.m_path.append(std::move(name));
        }
        ~Step() { m_decoder.m_path.removeLast(); }
        Step(const Step &) = delete;
        Step &operator=(const Step &) = delete;

    private:
        Decoder &m_decoder;
    };

private:
    Source m_source;
    QStringList m_path;
    std::vector<FieldError> m_errors;
    size_t m_count = 0;
};

} // namespace guildhall::json
