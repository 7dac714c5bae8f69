// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/dto/image_data.h"
#include "shared/json/codec.h"

#include <QtTest>

using namespace guildhall;
using namespace Qt::StringLiterals;

namespace {

const QByteArray pngHead = QByteArray("\x89PNG\r\n\x1a\n", 8) + "the rest";
const QByteArray gifHead = QByteArray("GIF89a\1\0\1\0\0\0\0", 13);
/// A picture of one pixel: descriptor, code size, one block, end of blocks.
const QByteArray gifPicture = QByteArray("\x2c\0\0\0\0\1\0\1\0\0\2\2\x4c\1\0", 15);
const QByteArray gifComment
    = QByteArray("\x21\xfe\2\x2c\x2c\0", 6); // holds what looks like pictures

QByteArray uri(const QByteArray &bytes, const QByteArray &label = "image/png")
{
    return "data:" + label + ";base64," + bytes.toBase64();
}

struct Body {
    Patch<ImageData> avatar;
    static constexpr auto jsonFields()
    {
        return json::fields(json::field("avatar", &Body::avatar));
    }
};

} // namespace

class TestImageData : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void the_kind_is_told_by_the_bytes_data();
    void the_kind_is_told_by_the_bytes();
    void what_is_no_image_is_refused_data();
    void what_is_no_image_is_refused();
    void the_biggest_image_is_just_taken();
    void a_gif_of_two_pictures_is_animated_data();
    void a_gif_of_two_pictures_is_animated();
    void a_hash_is_that_of_the_content();
    void it_goes_through_json_and_back();
    void a_bad_one_is_a_mistake_of_its_field();
};

void TestImageData::the_kind_is_told_by_the_bytes_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<int>("kind");
    using Kind = ImageData::Kind;
    QTest::newRow("png") << uri(pngHead) << int(Kind::Png);
    QTest::newRow("png that says jpg") << uri(pngHead, "image/jpg") << int(Kind::Png);
    QTest::newRow("label in capitals") << uri(pngHead, "IMAGE/PNG") << int(Kind::Png);
    QTest::newRow("jpeg") << uri("\xff\xd8\xff\xe0 rest", "image/jpeg") << int(Kind::Jpeg);
    QTest::newRow("gif") << uri(gifHead, "image/gif") << int(Kind::Gif);
    QTest::newRow("older gif") << uri("GIF87a rest", "image/gif") << int(Kind::Gif);
    QTest::newRow("webp") << uri("RIFF1234WEBPVP8 ", "image/webp") << int(Kind::Webp);
}

void TestImageData::the_kind_is_told_by_the_bytes()
{
    QFETCH(QByteArray, text);
    QFETCH(int, kind);
    const auto image = ImageData::fromDataUri(text);
    QVERIFY(image);
    QCOMPARE(int(image->kind), kind);
}

void TestImageData::what_is_no_image_is_refused_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::newRow("nothing") << QByteArray();
    QTest::newRow("an address") << QByteArray("https://example.com/a.png");
    QTest::newRow("no comma") << QByteArray("data:image/png;base64");
    QTest::newRow("nothing behind the comma") << QByteArray("data:image/png;base64,");
    QTest::newRow("not base64") << QByteArray("data:image/png;base64,????");
    QTest::newRow("blanks in it") << QByteArray("data:image/png;base64,iVBO Rw0K GgoA");
    QTest::newRow("not said to be base64") << QByteArray("data:image/png,") + pngHead;
    QTest::newRow("svg") << uri("<svg/>", "image/svg+xml");
    QTest::newRow("a page that says png") << uri("<html>");
    QTest::newRow("a page that says page") << uri(pngHead, "text/html");
    QTest::newRow("half a head") << uri(pngHead.left(7));
    QTest::newRow("a RIFF that is sound") << uri("RIFF1234WAVEfmt ", "image/webp");
    QTest::newRow("too big") << uri(pngHead + QByteArray(ImageData::maxBytes, 'x'));
}

void TestImageData::what_is_no_image_is_refused()
{
    QFETCH(QByteArray, text);
    QVERIFY(!ImageData::fromDataUri(text));
}

void TestImageData::the_biggest_image_is_just_taken()
{
    const QByteArray biggest = pngHead + QByteArray(ImageData::maxBytes - pngHead.size(), 'x');
    QVERIFY(ImageData::fromDataUri(uri(biggest)));
    QVERIFY(!ImageData::fromDataUri(uri(biggest + 'x')));
}

void TestImageData::a_gif_of_two_pictures_is_animated_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<bool>("animated");
    QTest::newRow("none") << gifHead + ";" << false;
    QTest::newRow("one") << gifHead + gifPicture + ";" << false;
    QTest::newRow("two") << gifHead + gifPicture + gifPicture + ";" << true;
    QTest::newRow("comments between")
        << gifHead + gifComment + gifPicture + gifComment + gifPicture << true;
    QTest::newRow("a comment is no picture") << gifHead + gifPicture + gifComment + ";" << false;
    QTest::newRow("what comes behind the end") << gifHead + gifPicture + ";" + gifPicture << false;
    QTest::newRow("cut off") << (gifHead + gifPicture + gifPicture).left(20) << false;
    QByteArray coloured = gifHead;
    coloured[10] = char(0x80); // two colours
    QTest::newRow("with a table of colours")
        << coloured + QByteArray("\x2c\x2c\x2c\x2c\x2c\x2c") + gifPicture + gifPicture << true;
}

void TestImageData::a_gif_of_two_pictures_is_animated()
{
    QFETCH(QByteArray, bytes);
    QFETCH(bool, animated);
    const auto image = ImageData::fromDataUri(uri(bytes, "image/gif"));
    QVERIFY(image);
    QCOMPARE(image->animated, animated);
    QCOMPARE(image->hash().startsWith(u"a_"_s), animated);
    QCOMPARE(image->hash().size(), animated ? 34 : 32);
}

void TestImageData::a_hash_is_that_of_the_content()
{
    const auto one = ImageData::fromDataUri(uri(pngHead));
    const auto same = ImageData::fromDataUri(uri(pngHead, "image/jpg"));
    const auto other = ImageData::fromDataUri(uri(pngHead + '!'));
    QCOMPARE(one->hash(), same->hash());
    QVERIFY(one->hash() != other->hash());
}

void TestImageData::it_goes_through_json_and_back()
{
    const Body body{ImageData::fromDataUri(uri(pngHead)).value()};
    const auto back = json::decode<Body>(QByteArrayView(json::encode(body)));
    QVERIFY(back);
    QCOMPARE(back->avatar->bytes, pngHead);
    QVERIFY(json::decode<Body>(QByteArrayView(R"({"avatar":null})"))->avatar.isNull());
}

void TestImageData::a_bad_one_is_a_mistake_of_its_field()
{
    for (const char *value : {R"("data:image/png;base64,AAAA")", "7", "{}", R"("")"}) {
        const auto bad
            = json::decode<Body>(QByteArrayView(QByteArray(R"({"avatar":)") + value + '}'));
        QVERIFY(!bad);
        QCOMPARE(bad.error().fields.size(), size_t(1));
        QCOMPARE(bad.error().fields[0].path, QStringList{u"avatar"_s});
        QCOMPARE(bad.error().fields[0].code, QByteArray("IMAGE_INVALID"));
    }
}

QTEST_APPLESS_MAIN(TestImageData)
#include "tst_image_data.moc"
