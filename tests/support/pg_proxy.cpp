// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/pg_proxy.h"

#include "server/infrastructure/fault.h"

#include <poll.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <cstring>
#include <utility>
#include <vector>

namespace guildhall::test {

namespace {

/// How soon the thread sees what it was told.
constexpr int lookMs = 5;

sockaddr_un addressOf(const std::string &path)
{
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    if (path.size() >= sizeof address.sun_path)
        throw Fault("the path of a socket is too long: " + path);
    std::memcpy(address.sun_path, path.data(), path.size());
    return address;
}

const sockaddr *plain(const sockaddr_un &address)
{
    return reinterpret_cast<const sockaddr *>(&address);
}

int socketTo(const std::string &path)
{
    const int socket = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    const sockaddr_un address = addressOf(path);
    if (::connect(socket, plain(address), sizeof address) == 0)
        return socket;
    ::close(socket);
    return -1;
}

/// What is there to be read; empty at the end.
std::string readSome(int socket)
{
    std::string bytes(65536, '\0');
    const ssize_t size = ::recv(socket, bytes.data(), bytes.size(), 0);
    bytes.resize(size > 0 ? size_t(size) : 0);
    return bytes;
}

bool writeAll(int socket, std::string_view bytes)
{
    while (!bytes.empty()) {
        const ssize_t size = ::send(socket, bytes.data(), bytes.size(), MSG_NOSIGNAL);
        if (size <= 0)
            return false;
        bytes.remove_prefix(size_t(size));
    }
    return true;
}

/// A simple query, as the daemon ends its transactions.
bool isCommit(const std::string &bytes)
{
    using namespace std::string_view_literals;
    return bytes
        == "Q\0\0\0\x0b"
           "COMMIT\0"sv;
}

} // namespace

PgProxy::PgProxy(const db::ConnectionParameters &server)
    : m_parameters(server)
    , m_serverSocket(server.host.toStdString() + "/.s.PGSQL." + std::to_string(server.port))
    , m_listener(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0))
{
    m_parameters.host = m_folder.path();
    const sockaddr_un address
        = addressOf(m_folder.path().toStdString() + "/.s.PGSQL." + std::to_string(server.port));
    if (::bind(m_listener, plain(address), sizeof address) != 0
        || ::listen(m_listener, SOMAXCONN) != 0)
        throw Fault("the proxy of PostgreSQL cannot listen");
    m_thread = std::thread([this] { work(); });
}

PgProxy::~PgProxy()
{
    {
        const std::lock_guard lock(m_mutex);
        m_stopping = true;
    }
    m_thread.join();
    for (Link &link : m_links)
        close(link);
    close(m_held);
    ::close(m_listener);
}

void PgProxy::loseNextCommit()
{
    const std::lock_guard lock(m_mutex);
    m_nextCommit = Fate::Lost;
}

void PgProxy::holdNextCommit()
{
    const std::lock_guard lock(m_mutex);
    m_nextCommit = Fate::Held;
}

void PgProxy::letGo()
{
    const std::lock_guard lock(m_mutex);
    writeAll(m_held.server, m_heldBytes);
    readSome(m_held.server);
    close(m_held);
}

bool PgProxy::isHolding() const
{
    const std::lock_guard lock(m_mutex);
    return m_held.server >= 0;
}

void PgProxy::setFrozen(bool frozen)
{
    const std::lock_guard lock(m_mutex);
    m_frozen = frozen;
}

void PgProxy::setAway(bool away)
{
    const std::lock_guard lock(m_mutex);
    m_away = away;
}

void PgProxy::close(Link &link)
{
    for (int *socket : {&link.client, &link.server}) {
        if (*socket >= 0)
            ::close(std::exchange(*socket, -1));
    }
}

void PgProxy::work()
{
    while (true) {
        std::vector<pollfd> waiting;
        std::vector<std::list<Link>::iterator> links;
        {
            const std::lock_guard lock(m_mutex);
            if (m_stopping)
                return;
            if (!m_frozen) {
                waiting.push_back({m_listener, POLLIN, 0});
                for (auto link = m_links.begin(); link != m_links.end(); ++link) {
                    links.push_back(link);
                    waiting.push_back({link->client, POLLIN, 0});
                    waiting.push_back({link->server, POLLIN, 0});
                }
            }
        }
        ::poll(waiting.data(), waiting.size(), lookMs);
        const std::lock_guard lock(m_mutex);
        if (m_frozen)
            continue;
        for (size_t i = 0; i < links.size(); ++i) {
            if (m_away
                || !forward(*links[i], waiting[1 + 2 * i].revents != 0,
                            waiting[2 + 2 * i].revents != 0)) {
                close(*links[i]);
                m_links.erase(links[i]);
            }
        }
        if (!waiting.empty() && waiting.front().revents != 0)
            accept();
    }
}

void PgProxy::accept()
{
    Link link;
    link.client = ::accept4(m_listener, nullptr, nullptr, SOCK_CLOEXEC);
    link.server = m_away ? -1 : socketTo(m_serverSocket);
    if (link.client >= 0 && link.server >= 0)
        m_links.push_back(link);
    else
        close(link);
}

bool PgProxy::forward(Link &link, bool clientSpeaks, bool serverSpeaks)
{
    if (serverSpeaks) {
        const std::string bytes = readSome(link.server);
        if (bytes.empty() || link.loses || !writeAll(link.client, bytes))
            return false;
    }
    if (clientSpeaks) {
        const std::string bytes = readSome(link.client);
        if (bytes.empty())
            return false;
        return isCommit(bytes) ? passCommit(link, bytes) : writeAll(link.server, bytes);
    }
    return true;
}

bool PgProxy::passCommit(Link &link, const std::string &bytes)
{
    const Fate fate = std::exchange(m_nextCommit, Fate::Passed);
    if (fate == Fate::Held) {
        m_heldBytes = bytes;
        m_held.server = std::exchange(link.server, -1);
        return false;
    }
    link.loses = fate == Fate::Lost;
    return writeAll(link.server, bytes);
}

} // namespace guildhall::test
