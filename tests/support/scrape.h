// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QList>

#include <set>

namespace guildhall::test {

/// What /metrics says, to be asked for single values.
class Scrape {
public:
    explicit Scrape(const QByteArray &text)
        : m_lines(text.split('\n'))
    { }

    /// The value of a series as it is written, with its labels; -1 when there is none.
    double value(const QByteArray &series) const
    {
        for (const QByteArray &line : m_lines) {
            if (line.startsWith(series + ' '))
                return line.mid(series.size() + 1).toDouble();
        }
        return -1;
    }
    /// Of all series whose line begins like that.
    double sum(const QByteArray &beginning) const
    {
        double sum = 0;
        for (const QByteArray &line : m_lines) {
            if (line.startsWith(beginning))
                sum += line.mid(line.lastIndexOf(' ') + 1).toDouble();
        }
        return sum;
    }
    /// The families that have at least one series.
    std::set<QByteArray> families() const
    {
        std::set<QByteArray> names;
        for (const QByteArray &line : m_lines) {
            if (line.startsWith("# TYPE "))
                names.insert(line.split(' ').value(2));
        }
        return names;
    }

private:
    QList<QByteArray> m_lines;
};

} // namespace guildhall::test
