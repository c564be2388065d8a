using System.Security.Cryptography;
using System.Text.Json;

namespace SiOutcomeLab.Domain.Plans;

/// <summary>The canonical text of a plan and its hash. The text is stored; the hash is what a registration locks and a result names.</summary>
public static class PlanHash
{
    /// <summary>The plan as UTF-8 JSON, properties in declaration order, no white space, no nulls: the same plan gives the same bytes.</summary>
    public static byte[] CanonicalJson(EvaluationPlan plan) => JsonSerializer.SerializeToUtf8Bytes(plan, DomainJson.Options);

    /// <summary>Reads what <see cref="CanonicalJson"/> wrote.</summary>
    /// <exception cref="JsonException">The bytes are not a plan.</exception>
    public static EvaluationPlan Parse(ReadOnlySpan<byte> canonicalJson) =>
        JsonSerializer.Deserialize<EvaluationPlan>(canonicalJson, DomainJson.Options) ?? throw new JsonException("The plan is empty.");

    /// <summary>SHA-256 of <see cref="CanonicalJson"/>, 64 lower-case hexadecimal digits.</summary>
    public static string Of(EvaluationPlan plan) => Convert.ToHexStringLower(SHA256.HashData(CanonicalJson(plan)));
}
