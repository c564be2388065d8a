using Grpc.Core;
using SiOutcomeLab.Domain.Identity;

namespace SiOutcomeLab.Hub.Identity;

/// <summary>A call that has been let in: who makes it, and under which rule. A feature of its HTTP request.</summary>
internal sealed class Admission(Caller caller, CallRule rule)
{
    public Caller Caller { get; } = caller;

    public CallRule Rule { get; } = rule;

    /// <summary>True once the call stands in the audit log.</summary>
    public bool IsRecorded { get; set; }

    /// <summary>The thing the call was about, when its handler has said so.</summary>
    public string? Resource { get; set; }

    public static Admission Of(ServerCallContext context) => context.GetHttpContext().Features.Get<Admission>()
        ?? throw new InvalidOperationException("A call reached its handler without having been admitted.");
}
