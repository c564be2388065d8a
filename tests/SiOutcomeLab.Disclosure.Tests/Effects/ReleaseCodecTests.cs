using System.Text;
using System.Text.Json;
using SiOutcomeLab.Disclosure.Effects;
using SiOutcomeLab.Disclosure.Rules;
using SiOutcomeLab.Disclosure.Tests.Samples;
using SiOutcomeLab.Domain.Effects;

namespace SiOutcomeLab.Disclosure.Tests.Effects;

public sealed class ReleaseCodecTests
{
    public static TheoryData<string> Releases => ["estimated", "withheld", "not estimable", "open data", "infinite difference"];

    [Theory]
    [MemberData(nameof(Releases))]
    public void Decode_WhatWasEncoded_IsTheSameRelease(string which)
    {
        var release = Make(which);

        var bytes = ReleaseCodec.Encode(release);
        var back = ReleaseCodec.Decode(bytes);

        Assert.Equal(release.Audience, back.Audience);
        Assert.Equal(release.RuleVersion, back.RuleVersion);
        Assert.Equivalent(release.Value, back.Value, strict: true);
        Assert.Equal(bytes, ReleaseCodec.Encode(back));
    }

    [Fact]
    public void Encode_WithheldEffect_HoldsNoneOfItsNumbers()
    {
        var point = SampleResult.Point with { Treated = 29, Point = 7.7431, TreatedMean = 88.123 };
        var text = Encoding.UTF8.GetString(ReleaseCodec.Encode(Gate(SampleResult.Headline(point))));

        Assert.DoesNotContain("7.74", text, StringComparison.Ordinal);
        Assert.DoesNotContain("88.1", text, StringComparison.Ordinal);
        Assert.DoesNotContain(SampleResult.Point.StandardErrorType, text, StringComparison.Ordinal);
    }

    [Fact]
    public void Encode_InfiniteDifference_IsNamed() =>
        Assert.Contains("\"SmdAfter\":\"Infinity\"", Encoding.UTF8.GetString(ReleaseCodec.Encode(Make("infinite difference"))), StringComparison.Ordinal);

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("""{"RuleVersion":3}""")]
    public void Decode_NoRelease_IsRefused(string text) => Assert.ThrowsAny<JsonException>(() => ReleaseCodec.Decode(Encoding.UTF8.GetBytes(text)));

    private static Released<ReleasedEffect> Make(string which) => which switch
    {
        "estimated" => Gate(SampleResult.Headline()),
        "withheld" => Gate(SampleResult.Headline(SampleResult.Point with { Treated = 29 })),
        "open data" => Gate(SampleResult.Headline(), OpenDataPolicy.Instance),
        "not estimable" => Gate(SampleResult.Headline() with
        {
            Estimate = null,
            NotEstimable = new NotEstimable(NotEstimableReason.Separation, string.Empty),
            Diagnostics = null,
        }),
        _ => Gate(SampleResult.Headline(diagnostics: SampleResult.Diagnostics with
        {
            LargestSmdAfter = double.PositiveInfinity,
            Balance = [SampleResult.Diagnostics.Balance[0] with { SmdAfter = double.PositiveInfinity, SmdBefore = double.NaN }],
        })),
    };

    private static Released<ReleasedEffect> Gate(EffectEstimate estimate, DisclosurePolicy? policy = null) =>
        Assert.Single(new EffectGate(policy ?? StandardPolicy.Instance).Release(SampleResult.Of(estimate), _ => SampleResult.Months));
}
