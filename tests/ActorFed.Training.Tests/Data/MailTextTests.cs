using ActorFed.Training.Data.Mail;
using FsCheck;
using FsCheck.Fluent;

namespace ActorFed.Training.Tests.Data;

public sealed class MailTextTests
{
    [Fact]
    public void Only_subject_and_body_are_seen()
    {
        const string Mail = """
            From ann@example.org  Thu Aug 22 13:17:22 2002
            Return-Path: <ann@example.org>
            Received: from mail.example.org
            	by other.example.org (Postfix) with ESMTP id 136B943C32
            a line that is no header at all
            X-Mailer: Giveaway 1.0
            Subject: Meeting
             tomorrow
            Subject: second subject
            	of a careless tool

            Come   at nine.

            -- Ann
            """;
        Assert.Equal("Meeting tomorrow\nCome at nine.\n-- Ann", Text(Mail));
    }

    [Theory]
    [InlineData("=?iso-8859-1?Q?Caf=E9_au_lait?=", "Café au lait")]
    [InlineData("=?UTF-8?B?w6nDqA==?= =?utf-8?b?w6o=?= end", "éèê end")]
    [InlineData("=?euc-kr?B?sfiw7Q==?=", "깡고")]
    [InlineData("=?nonsense?Q?plain?=", "plain")]
    [InlineData("=?broken", "=?broken")]
    public void Subjects_are_decoded(string subject, string expected) => Assert.Equal(expected, Text($"Subject: {subject}\n\n"));

    [Theory]
    [InlineData("quoted-printable", "a =3D b, a line =\nthat goes on; caf=E9 =ZZ", "a = b, a line that goes on; café =ZZ")]
    [InlineData("base64", "SGVsbG8s\nIHdvcmxk\n", "Hello, world")]
    [InlineData("base64", "SGVsbG8*sIHdv", "Hello, wo")]
    [InlineData("8bit", "as it is", "as it is")]
    public void Bodies_are_decoded(string coding, string body, string expected) =>
        Assert.Equal(
            expected,
            Text($"Content-Type: text/plain; charset=windows-1252\nContent-Transfer-Encoding: {coding}\n\n{body}")
        );

    [Fact]
    public void Html_is_what_a_reader_sees()
    {
        const string Html = """
            <html><head><title>t</title><style>p { color: red }</style></head><body>
            <p>Buy<!-- hidden --> V<b></b>ia&nbsp;gra &amp; more</p><td>one</td><td>two</td>
            <script>alert("x")</script>1 < 2</body></html>
            """;
        Assert.Equal("Buy Via gra & more\none\ntwo\n1 < 2", Text("Content-Type: text/html\n\n" + Html));
        Assert.Equal("Buy Via gra & more\none\ntwo\n1 < 2", Text("Content-Type: text/plain\n\n" + Html)); // it says plain and is not
    }

    [Fact]
    public void Of_alternatives_the_plain_one_is_read_unless_it_is_empty()
    {
        Assert.Equal("s\nplain words", Text(Alternatives("plain words")));
        Assert.Equal("s\nhtml words", Text(Alternatives("  ")));
    }

    [Fact]
    public void Mixed_parts_are_read_in_order_and_attachments_are_not()
    {
        const string Mail = """
            Subject: s
            Content-Type: multipart/mixed; boundary="=_x"

            preamble
            --=_x

            first
            --=_x
            Content-Type: application/pdf

            JVBERi0=
            --=_x
            Content-Type: text/plain
            Content-Disposition: attachment; filename=a.txt

            attached
            --=_x
            Content-Type: message/rfc822

            From: secret@example.org
            Subject: inner

            forwarded
            --=_x--
            epilogue
            """;
        Assert.Equal("s\nfirst\ninner\nforwarded", Text(Mail));
    }

    [Theory]
    [InlineData("Content-Type: multipart/mixed\n\nno boundary", "no boundary")]
    [InlineData("Content-Type: multipart/mixed; boundary=x\n\nnever used", "never used")]
    [InlineData("Content-Type: multipart/mixed; boundary=x\n\n--x\n\ncut off", "cut off")]
    [InlineData("Content-Type: nonsense; charset=\n\nbody", "body")]
    [InlineData("no header at all\nsecond line", "no header at all\nsecond line")]
    [InlineData("Subject: only", "only")]
    [InlineData("", "")]
    public void Damaged_mail_gives_what_can_be_read(string mail, string expected) => Assert.Equal(expected, Text(mail));

    [Fact]
    public void Nesting_without_end_ends()
    {
        var mail = string.Concat(Enumerable.Repeat("Content-Type: message/rfc822\n\n", 5_000)) + "Subject: deep\n\n";
        Assert.Equal("", Text(mail));
    }

    [Fact]
    public void No_bytes_whatever_break_the_reader()
    {
        string[] words =
        [
            "Content-Type: multipart/mixed; boundary=b\n",
            "Content-Type: text/html\n",
            "\n",
            "--b\n",
            "--b--\n",
            "=?utf-8?B?",
            "?=",
            "<!--",
            "&#xFFFFFFF;",
            "<script",
            "Subject: ",
            "Content-Transfer-Encoding: base64\n",
            "=E9",
            "\0",
            "\r",
            "é",
            "text ",
        ];
        var mails = Gen.Elements(words).ArrayOf().Select(string.Concat).ToArbitrary();
        Prop.ForAll(mails, mail => Text(mail).Length <= mail.Length + 10)
            .Check(Config.QuickThrowOnFailure.WithMaxTest(500).WithReplay(2026, 85));
    }

    private static string Alternatives(string plain) =>
        "Subject: s\nContent-Type: multipart/alternative; boundary=b\n\n"
        + "--b\nContent-Type: text/html\n\n<p>html words</p>\n"
        + $"--b\nContent-Type: text/plain\n\n{plain}\n--b--\n";

    private static string Text(string mail) => MailText.Parse(System.Text.Encoding.UTF8.GetBytes(mail)).Text;
}
