using System.Text.Json;
using SiOutcomeLab.Domain;

namespace SiOutcomeLab.Disclosure.Costs;

/// <summary>Released kronor as bytes and back, for storage; only this assembly makes a <see cref="Released{T}"/> of them again.</summary>
public static class CostReleaseCodec
{
    /// <summary>The release as UTF-8 JSON; the same release gives the same bytes.</summary>
    public static byte[] Encode(Released<ReleasedCosts> release)
    {
        ArgumentNullException.ThrowIfNull(release);
        return JsonSerializer.SerializeToUtf8Bytes(new Envelope(release.RuleVersion, release.Audience, release.Value), DomainJson.Options);
    }

    /// <summary>Reads what <see cref="Encode"/> wrote.</summary>
    /// <exception cref="JsonException">The bytes are not a release.</exception>
    public static Released<ReleasedCosts> Decode(ReadOnlySpan<byte> bytes)
    {
        var envelope = JsonSerializer.Deserialize<Envelope>(bytes, DomainJson.Options) ?? throw new JsonException("The release is empty.");
        return new Released<ReleasedCosts>(envelope.Costs, envelope.Audience, envelope.RuleVersion);
    }

    private sealed record Envelope(string RuleVersion, Audience Audience, ReleasedCosts Costs);
}
