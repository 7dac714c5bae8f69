// SPDX-License-Identifier: GPL-3.0-or-later
#include "pipeline_world.h"

#include <QtTest>

using namespace guildhall;
using namespace guildhall::test;

namespace {

struct Note {
    std::optional<ChannelId> channel;
    QString text;

    quint64 majorParameter() const { return channel.value_or(ChannelId()).value(); }
    static constexpr auto jsonFields()
    {
        using json::field;
        return json::fields(field("channel", &Note::channel), field("text", &Note::text));
    }
};

constexpr api::Endpoint<Seen, Note, ChannelId> inPath{api::Verb::Post, "/channels/{channel}/notes",
                                                      api::Access::Account, sampleApi::often, ""};
constexpr auto inBody = api::Endpoint<Seen, Note>{api::Verb::Post, "/notes", api::Access::Account,
                                                  sampleApi::often, ""}
                            .storefront();

} // namespace

/// Routes whose body says what others have in their path share the bucket of those.
/// @source api.md 3.3
class TestPipelineBodyLimits : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup() { m_world.reset(); }

    void both_ways_into_a_channel_count_together();
    void another_channel_counts_apart();
    void answers_say_what_is_left();
    void bodies_out_of_order_count_together();
    void accounts_count_apart();
    void the_limit_over_all_buckets_counts_before_the_body();

private:
    Response post(const QByteArray &path, const QByteArray &body,
                  const QByteArray &token = "user 8")
    {
        const RequestHead head
            = PipelineWorld::head("POST", path, token, {{"content-type", "application/json"}});
        const quint64 ticket = m_world->begin(head);
        if (m_world->admission(ticket)->refusal)
            return *m_world->admission(ticket)->refusal;
        m_world->pipeline->handle({head, body, ticket});
        if (!QTest::qWaitFor([&] { return m_world->sink.find(ticket).has_value(); }))
            qFatal("no answer");
        return *m_world->sink.find(ticket);
    }
    void start(RateLimiter::Settings limits = {});

    Result<Seen> inChannel(const Caller &, ChannelId, const Note &) { return Seen(); }
    Result<Seen> anywhere(const Caller &, const Note &) { return Seen(); }

    std::unique_ptr<PipelineWorld> m_world;
};

void TestPipelineBodyLimits::start(RateLimiter::Settings limits)
{
    m_world = std::make_unique<PipelineWorld>(limits);
    m_world->authenticator.knowsByHeart = true;
    m_world->router.bind(inPath, this, &TestPipelineBodyLimits::inChannel);
    m_world->router.bind(inBody, this, &TestPipelineBodyLimits::anywhere);
}

void TestPipelineBodyLimits::init()
{
    start();
}

void TestPipelineBodyLimits::both_ways_into_a_channel_count_together()
{
    QCOMPARE(post("/notes", R"({"channel":"5","text":"a"})").status, 200);
    QCOMPARE(post("/api/channels/5/notes", R"({"text":"b"})").status, 200);
    QCOMPARE(post("/api/v10/notes", R"({"channel":"5","text":"c"})").status, 200);
    const Response refused = post("/notes", R"({"channel":"5","text":"d"})");
    QCOMPARE(refused.status, 429);
    QVERIFY(refused.body.contains("\"statusCode\":429"));
    QVERIFY(headerOf(refused, "Retry-After").toInt() > 0);
    QCOMPARE(post("/api/channels/5/notes", R"({"text":"e"})").status, 429);
    m_world->clock.advance(std::chrono::milliseconds(1001));
    QCOMPARE(post("/notes", R"({"channel":"5","text":"f"})").status, 200);
}

void TestPipelineBodyLimits::another_channel_counts_apart()
{
    for (int i = 0; i < 3; ++i)
        QCOMPARE(post("/notes", R"({"channel":"5","text":"a"})").status, 200);
    QCOMPARE(post("/notes", R"({"channel":"6","text":"a"})").status, 200);
    QCOMPARE(post("/api/channels/7/notes", R"({"text":"b"})").status, 200);
}

void TestPipelineBodyLimits::answers_say_what_is_left()
{
    const Response byPath = post("/api/channels/5/notes", R"({"text":"a"})");
    const Response byBody = post("/notes", R"({"channel":"5","text":"b"})");
    QCOMPARE(headerOf(byPath, "X-RateLimit-Remaining"), QByteArray("2"));
    QCOMPARE(headerOf(byBody, "X-RateLimit-Remaining"), QByteArray("1"));
    QCOMPARE(headerOf(byBody, "X-RateLimit-Limit"), QByteArray("3"));
    QCOMPARE(headerOf(byBody, "X-RateLimit-Bucket"), headerOf(byPath, "X-RateLimit-Bucket"));
}

void TestPipelineBodyLimits::bodies_out_of_order_count_together()
{
    for (const char *body : {"{", R"({"channel":"x","text":"a"})", R"({"text":"a"})"})
        QVERIFY(post("/notes", body).status != 429);
    QCOMPARE(post("/notes", "nonsense").status, 429);
    QCOMPARE(post("/notes", R"({"channel":"5","text":"a"})").status, 200);
}

void TestPipelineBodyLimits::accounts_count_apart()
{
    for (int i = 0; i < 3; ++i)
        QCOMPARE(post("/notes", R"({"channel":"5","text":"a"})").status, 200);
    QCOMPARE(post("/notes", R"({"channel":"5","text":"a"})", "user 9").status, 200);
}

void TestPipelineBodyLimits::the_limit_over_all_buckets_counts_before_the_body()
{
    RateLimiter::Settings limits;
    limits.globalPerSecond = 2;
    start(limits);
    for (int i = 0; i < 2; ++i)
        QCOMPARE(post("/notes", R"({"channel":"5","text":"a"})").status, 200);
    const RequestHead head = PipelineWorld::head("POST", "/notes", "user 8");
    const quint64 ticket = m_world->begin(head);
    QVERIFY(m_world->admission(ticket)->refusal);
    QCOMPARE(headerOf(*m_world->admission(ticket)->refusal, "X-RateLimit-Global"),
             QByteArray("true"));
}

QTEST_GUILESS_MAIN(TestPipelineBodyLimits)
#include "tst_pipeline_body_limits.moc"
