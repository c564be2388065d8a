using SiOutcomeLab.Domain.Plans;
using Wire = SiOutcomeLab.Protos.Plans.V1;

namespace SiOutcomeLab.Mapping;

/// <summary>Balancing methods on the wire and back.</summary>
internal static class BalancingMapping
{
    public static void Set(Wire.EvaluationPlan wire, BalancingMethod balancing)
    {
        switch (balancing)
        {
            case BalancingMethod.EntropyBalancing:
                wire.EntropyBalancing = new Wire.EntropyBalancing();
                break;
            case BalancingMethod.InversePropensityWeighting:
                wire.InversePropensity = new Wire.InversePropensityWeighting();
                break;
            case BalancingMethod.OverlapWeighting:
                wire.Overlap = new Wire.OverlapWeighting();
                break;
            case BalancingMethod.Subclassification classes:
                wire.Subclass = new Wire.Subclassification { Classes = classes.Classes };
                break;
            case BalancingMethod.FullMatching full:
                wire.Full = new Wire.FullMatching();
                if (full.Caliper is { } fullWidth) wire.Full.Caliper = fullWidth;
                break;
            case BalancingMethod.NearestNeighbourMatching matching:
                wire.NearestNeighbour = new Wire.NearestNeighbourMatching
                {
                    Ratio = matching.Ratio,
                    OnLogit = matching.OnLogit,
                    Replacement = matching.Replacement,
                    IsVariable = matching.IsVariable,
                };
                if (matching.Caliper is { } width) wire.NearestNeighbour.Caliper = width;
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(balancing), "A balancing method without a wire form.");
        }
    }

    /// <summary>The method, or null when none is set.</summary>
    public static BalancingMethod? Read(Wire.EvaluationPlan wire) => wire.BalancingCase switch
    {
        Wire.EvaluationPlan.BalancingOneofCase.EntropyBalancing => new BalancingMethod.EntropyBalancing(),
        Wire.EvaluationPlan.BalancingOneofCase.InversePropensity => new BalancingMethod.InversePropensityWeighting(),
        Wire.EvaluationPlan.BalancingOneofCase.Overlap => new BalancingMethod.OverlapWeighting(),
        Wire.EvaluationPlan.BalancingOneofCase.Subclass => new BalancingMethod.Subclassification(wire.Subclass.Classes),
        Wire.EvaluationPlan.BalancingOneofCase.Full => new BalancingMethod.FullMatching(wire.Full.HasCaliper ? wire.Full.Caliper : null),
        Wire.EvaluationPlan.BalancingOneofCase.NearestNeighbour => new BalancingMethod.NearestNeighbourMatching(
            wire.NearestNeighbour.Ratio,
            wire.NearestNeighbour.HasCaliper ? wire.NearestNeighbour.Caliper : null,
            wire.NearestNeighbour.OnLogit,
            wire.NearestNeighbour.Replacement)
        {
            IsVariable = wire.NearestNeighbour.IsVariable,
        },
        _ => null,
    };
}
