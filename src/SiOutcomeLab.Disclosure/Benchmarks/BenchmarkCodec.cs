using System.Text.Json;
using SiOutcomeLab.Domain;

namespace SiOutcomeLab.Disclosure.Benchmarks;

/// <summary>Released benchmarks as bytes and back, as <see cref="Effects.ReleaseCodec"/> does for effects.</summary>
public static class BenchmarkCodec
{
    /// <summary>The release as UTF-8 JSON; the same release gives the same bytes.</summary>
    public static byte[] Encode(Released<ReleasedBenchmark> release)
    {
        ArgumentNullException.ThrowIfNull(release);
        return JsonSerializer.SerializeToUtf8Bytes(new Envelope(release.RuleVersion, release.Audience, release.Value), DomainJson.Options);
    }

    /// <summary>Reads what <see cref="Encode"/> wrote.</summary>
    /// <exception cref="JsonException">The bytes are not a release.</exception>
    public static Released<ReleasedBenchmark> Decode(ReadOnlySpan<byte> bytes)
    {
        var envelope = JsonSerializer.Deserialize<Envelope>(bytes, DomainJson.Options) ?? throw new JsonException("The release is empty.");
        return new Released<ReleasedBenchmark>(envelope.Benchmark, envelope.Audience, envelope.RuleVersion);
    }

    private sealed record Envelope(string RuleVersion, Audience Audience, ReleasedBenchmark Benchmark);
}
