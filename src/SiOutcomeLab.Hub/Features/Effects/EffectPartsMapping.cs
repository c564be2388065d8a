using SiOutcomeLab.Disclosure.Effects;
using Wire = SiOutcomeLab.Protos.Effects.V1;

namespace SiOutcomeLab.Hub.Features.Effects;

/// <summary>What an effect tells of its two groups, on the wire.</summary>
internal static class EffectPartsMapping
{
    public static Wire.ReceivedMix ToWire(ReleasedMix mix) => new()
    {
        Nothing = ToWire(mix.Nothing),
        Methods = { mix.Methods.Select(ToWire) },
    };

    public static Wire.Attrition ToWire(ReleasedAttrition attrition)
    {
        var wire = new Wire.Attrition { Participants = ToWire(attrition.Treated), Comparison = ToWire(attrition.Comparison) };
        if (attrition.Bounds is not { } bounds) return wire;
        wire.Bounds = new Wire.AttritionBounds
        {
            Low = EffectMapping.ToWire(bounds.Low),
            High = EffectMapping.ToWire(bounds.High),
            CiLow = EffectMapping.ToWire(bounds.IntervalLow),
            CiHigh = EffectMapping.ToWire(bounds.IntervalHigh),
            ConfidenceLevel = bounds.Level,
        };
        return wire;
    }

    public static Wire.EventPoint ToWire(ReleasedEventPoint point) => new()
    {
        Time = point.Time,
        Point = EffectMapping.ToWire(point.Point),
        CiLow = EffectMapping.ToWire(point.Low),
        CiHigh = EffectMapping.ToWire(point.High),
    };

    public static Wire.ScoreBin ToWire(ReleasedScoreBin bin) => new()
    {
        From = bin.From,
        To = bin.To,
        ParticipantsShare = EffectMapping.ToWire(bin.Treated),
        ComparisonShare = EffectMapping.ToWire(bin.Comparison),
    };

    private static Wire.ReceivedMethod ToWire(ReleasedReceived received) => new()
    {
        Method = received.Method ?? string.Empty,
        Participants = EffectMapping.ToWire(received.Treated.Persons),
        ParticipantsShare = EffectMapping.ToWire(received.Treated.Share),
        Comparison = EffectMapping.ToWire(received.Comparison.Persons),
        ComparisonShare = EffectMapping.ToWire(received.Comparison.Share),
    };

    private static Wire.ArmAttrition ToWire(ReleasedArmAttrition arm) => new()
    {
        Persons = EffectMapping.ToWire(arm.Persons),
        Lost = EffectMapping.ToWire(arm.Lost),
        ShareLost = EffectMapping.ToWire(arm.Share),
        Losses =
        {
            arm.Losses.Select(l => new Wire.Loss
            {
                Reason = l.Reason is { } reason ? (Wire.LossReason)reason : Wire.LossReason.Several,
                Persons = EffectMapping.ToWire(l.Persons),
            }),
        },
    };
}
