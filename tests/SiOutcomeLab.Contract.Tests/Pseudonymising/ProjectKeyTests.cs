using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Numerics;
using System.Security.Cryptography;
using System.Text;
using SiOutcomeLab.Domain.Identity;

namespace SiOutcomeLab.Contract.Tests.Pseudonymising;

public sealed class ProjectKeyTests
{
    private static readonly byte[] KnownBytes = [.. Enumerable.Range(0, 32).Select(i => (byte)i)];
    private static readonly ProjectKey Known = new(new ProjectId("prov"), DateTimeOffset.UnixEpoch, KnownBytes);

    private static string Pseudonym(ProjectKey key, string number)
    {
        var hex = new char[PersonId.HexLength];
        key.WritePseudonym(Encoding.ASCII.GetBytes(number), hex);
        return new string(hex);
    }

    // printf 196408233234 | openssl dgst -sha256 -mac HMAC -macopt hexkey:000102…1f
    // (printf 'silab project key id\n'; printf '\x00\x01…\x1f') | sha256sum
    [Fact]
    public void KnownKey_GivesTheVectorsThatOpensslGave()
    {
        Assert.Equal("c3b22ecc385e31543a550bb3a5001ef6e1a9dd3c69342401549be3ba1d9d7e88", Pseudonym(Known, "196408233234"));
        Assert.Equal("04cc47527b9ee17d", Known.Id);
        Assert.True(ProjectKey.IsId(Known.Id));
        Assert.Equal(Pseudonyms.Of(KnownBytes, "196408233234"u8).ToHex(), Pseudonym(Known, "196408233234"));
    }

    [Fact]
    public void Pseudonym_OfRandomKeysAndNumbers_IsWhatPythonsHmacGives()
    {
        var random = new Random(5);
        var cases = Enumerable.Range(0, 20).Select(_ =>
        {
            var key = new byte[32];
            random.NextBytes(key);
            return (Key: key, Number: $"{random.NextInt64(1_000_000_000_000):000000000000}");
        }).ToList();
        const string Script = "import hmac,sys\nfor l in sys.stdin:\n k,n=l.split()\n print(hmac.new(bytes.fromhex(k),n.encode(),'sha256').hexdigest())";
        var answers = Python(Script, string.Concat(cases.Select(c => $"{Convert.ToHexString(c.Key)} {c.Number}\n")));

        var ours = cases.Select(c => Pseudonym(new ProjectKey(new ProjectId("p"), DateTimeOffset.UnixEpoch, c.Key), c.Number));
        Assert.Equal(answers.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries), ours);
    }

    // Under another key nothing is alike: each of 256 bits agrees by a coin's throw, and neither values nor their order carry over.
    [Fact]
    public void Pseudonyms_UnderAnotherKey_HaveNothingInCommon()
    {
        const int Persons = 2_000;
        var other = new ProjectKey(new ProjectId("prov"), DateTimeOffset.UnixEpoch, SHA256.HashData("other"u8));
        var numbers = Enumerable.Range(0, Persons).Select(i => (196_408_230_000 + i).ToString(CultureInfo.InvariantCulture)).ToList();
        var first = numbers.Select(n => Convert.FromHexString(Pseudonym(Known, n))).ToList();
        var second = numbers.Select(n => Convert.FromHexString(Pseudonym(other, n))).ToList();

        var agree = 0L;
        for (var i = 0; i < Persons; i++)
        {
            for (var b = 0; b < 32; b++) agree += 8 - BitOperations.PopCount((uint)(first[i][b] ^ second[i][b]));
        }

        var bits = Persons * 256.0;
        Assert.InRange((agree - (bits / 2)) / Math.Sqrt(bits / 4), -4.5, 4.5);
        Assert.Empty(first.Select(Convert.ToHexString).Intersect(second.Select(Convert.ToHexString)));
        Assert.InRange(RankCorrelation(first, second) * Math.Sqrt(Persons - 1), -4.5, 4.5);
        Assert.Equal(Persons, first.Select(Convert.ToHexString).Distinct().Count());
    }

    [Fact]
    public void Create_DrawsAnotherKeyEachTime_AndShowsNone()
    {
        var keys = Enumerable.Range(0, 50).Select(_ => ProjectKey.Create(new ProjectId("prov"), DateTimeOffset.UnixEpoch)).ToList();

        Assert.Equal(50, keys.Select(k => k.Id).Distinct().Count());
        Assert.Equal($"project key {Known.Id} of prov", Known.ToString());
    }

    [Fact]
    public void Constructor_KeyOfAnotherLengthOrPlainlyTyped_IsRefused()
    {
        Assert.Throws<ArgumentException>(() => new ProjectKey(new ProjectId("p"), DateTimeOffset.UnixEpoch, new byte[32]));
        Assert.Throws<ArgumentException>(() => new ProjectKey(new ProjectId("p"), DateTimeOffset.UnixEpoch, KnownBytes.AsSpan(1)));
        Assert.Throws<ArgumentException>(() => Pseudonym(Known, "6408233234"));
    }

    private static double RankCorrelation(List<byte[]> first, List<byte[]> second)
    {
        static int[] Ranks(List<byte[]> values)
        {
            var order = Enumerable.Range(0, values.Count).OrderBy(i => Convert.ToHexString(values[i]), StringComparer.Ordinal).ToArray();
            var ranks = new int[values.Count];
            for (var r = 0; r < order.Length; r++) ranks[order[r]] = r;
            return ranks;
        }

        var (a, b) = (Ranks(first), Ranks(second));
        var n = (double)a.Length;
        var squares = a.Zip(b, (x, y) => (double)(x - y) * (x - y)).Sum();
        return 1 - (6 * squares / (n * ((n * n) - 1)));
    }

    private static string Python(string script, string input)
    {
        try
        {
            var start = new ProcessStartInfo("python3", ["-c", script])
            {
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            };
            using var process = Process.Start(start)!;
            process.StandardInput.Write(input);
            process.StandardInput.Close();
            var output = process.StandardOutput.ReadToEnd();
            Assert.True(process.WaitForExit(TimeSpan.FromSeconds(180)), "python3 did not end.");
            Assert.Equal(0, process.ExitCode);
            return output;
        }
        catch (Win32Exception) when (Environment.GetEnvironmentVariable("SILAB_REQUIRE") != "all")
        {
            Assert.Skip("python3 is missing.");
            throw;
        }
    }
}
