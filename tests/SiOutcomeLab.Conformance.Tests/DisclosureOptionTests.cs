using Google.Protobuf.Reflection;
using SiOutcomeLab.Protos.Audit.V1;
using SiOutcomeLab.Protos.Benchmarks.V1;
using SiOutcomeLab.Protos.Costs.V1;
using SiOutcomeLab.Protos.Disclosure.V1;
using SiOutcomeLab.Protos.Custody.V1;
using SiOutcomeLab.Protos.Effects.V1;
using SiOutcomeLab.Protos.Explanations.V1;
using SiOutcomeLab.Protos.Identity.V1;
using SiOutcomeLab.Protos.Intake.V1;
using SiOutcomeLab.Protos.Plans.V1;
using SiOutcomeLab.Protos.Runs.V1;

namespace SiOutcomeLab.Conformance.Tests;

/// <summary>Every field that a reply can hold says why it may be shown.</summary>
public sealed class DisclosureOptionTests
{
    private static readonly FileDescriptor[] Files =
    [
        IntakeServiceReflection.Descriptor, PlanServiceReflection.Descriptor, EvaluationServiceReflection.Descriptor, EffectServiceReflection.Descriptor,
        CustodyServiceReflection.Descriptor, IdentityServiceReflection.Descriptor, AuditServiceReflection.Descriptor,
        BenchmarkServiceReflection.Descriptor, CostServiceReflection.Descriptor, ExplanationServiceReflection.Descriptor,
    ];

    [Fact]
    public void EveryFieldOfEveryReply_SaysWhyItMayBeShown()
    {
        var silent = ReplyMessages()
            .SelectMany(m => m.Fields.InDeclarationOrder())
            .Where(f => (f.GetOptions()?.GetExtension(DisclosureExtensions.Disclosure) ?? Disclosure.Unspecified) == Disclosure.Unspecified)
            .Select(f => f.FullName);

        Assert.Empty(silent);
    }

    [Fact]
    public void EveryNumberOfAResult_IsReleasedOrThePlansOwn()
    {
        // A bare number in an effect, a benchmark or kronor must not be computed from persons: those are cells.
        var bare = Reachable([Effect.Descriptor, Benchmark.Descriptor, CostBaseline.Descriptor, Saving.Descriptor])
            .Where(m => m.File.Package is "sioutcomelab.effects.v1" or "sioutcomelab.benchmarks.v1" or "sioutcomelab.costs.v1" && m.Name != "Cell")
            .SelectMany(m => m.Fields.InDeclarationOrder())
            .Where(f => f.FieldType is FieldType.Double or FieldType.Float or FieldType.Int32 or FieldType.Int64 or FieldType.UInt32 or FieldType.UInt64)
            .Where(f => f.GetOptions().GetExtension(DisclosureExtensions.Disclosure) != Disclosure.PublicFact)
            .Select(f => f.FullName);

        Assert.Empty(bare);
    }

    [Fact]
    public void EveryProtoFile_OfTheContract_IsLookedAt()
    {
        var onDisk = Directory.EnumerateFiles(Path.Combine(Repository.Root, "protos", "sioutcomelab"), "*_service.proto", SearchOption.AllDirectories).Count();

        Assert.Equal(onDisk, Files.Length);
    }

    private static HashSet<MessageDescriptor> ReplyMessages() => Reachable(Files.SelectMany(f => f.Services).SelectMany(s => s.Methods).Select(m => m.OutputType));

    private static HashSet<MessageDescriptor> Reachable(IEnumerable<MessageDescriptor> roots)
    {
        var seen = new HashSet<MessageDescriptor>();
        var waiting = new Queue<MessageDescriptor>(roots);
        while (waiting.TryDequeue(out var message))
        {
            // Google's own messages (timestamps) have no fields of ours.
            if (!message.File.Package.StartsWith("sioutcomelab.", StringComparison.Ordinal) || !seen.Add(message)) continue;
            foreach (var field in message.Fields.InDeclarationOrder().Where(f => f.FieldType == FieldType.Message)) waiting.Enqueue(field.MessageType);
        }

        return seen;
    }
}
