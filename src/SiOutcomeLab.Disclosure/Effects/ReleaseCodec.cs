using System.Text.Json;
using SiOutcomeLab.Domain;

namespace SiOutcomeLab.Disclosure.Effects;

/// <summary>
/// Released effects as bytes and back. Storage keeps the bytes without looking into them; only this assembly makes a
/// <see cref="Released{T}"/> of them again, with the audience and rule version under which they were released.
/// </summary>
public static class ReleaseCodec
{
    /// <summary>The release as UTF-8 JSON; the same release gives the same bytes.</summary>
    public static byte[] Encode(Released<ReleasedEffect> release) =>
        JsonSerializer.SerializeToUtf8Bytes(new Envelope(release.RuleVersion, release.Audience, release.Value), DomainJson.Options);

    /// <summary>Reads what <see cref="Encode"/> wrote.</summary>
    /// <exception cref="JsonException">The bytes are not a release.</exception>
    public static Released<ReleasedEffect> Decode(ReadOnlySpan<byte> bytes)
    {
        var envelope = JsonSerializer.Deserialize<Envelope>(bytes, DomainJson.Options) ?? throw new JsonException("The release is empty.");
        return new Released<ReleasedEffect>(envelope.Effect, envelope.Audience, envelope.RuleVersion);
    }

    private sealed record Envelope(string RuleVersion, Audience Audience, ReleasedEffect Effect);
}
