using System.Runtime.CompilerServices;
using SiOutcomeLab.Protos.Effects.V1;
using SiOutcomeLab.Protos.Intake.V1;
using SiOutcomeLab.Protos.Plans.V1;
using SiOutcomeLab.Protos.Runs.V1;

namespace SiOutcomeLab.Cli.Calls;

/// <summary>Lists of the hub, read to the last page.</summary>
internal static class Pages
{
    private const int Size = 200;

    public static async IAsyncEnumerable<Effect> EffectsAsync(
        this HubConnection hub, EffectFilter filter, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var request = new ListEffectsRequest { Filter = filter, PageSize = Size };
        do
        {
            var page = await hub.Effects.ListEffectsAsync(request, hub.Options(cancellationToken));
            foreach (var effect in page.Effects) yield return effect;
            request.PageToken = page.NextPageToken;
        }
        while (request.PageToken.Length > 0);
    }

    public static async IAsyncEnumerable<RegisteredPlan> PlansAsync(
        this HubConnection hub, string organisation, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var request = new ListPlansRequest { Organisation = organisation, PageSize = Size };
        do
        {
            var page = await hub.Plans.ListPlansAsync(request, hub.Options(cancellationToken));
            foreach (var plan in page.Plans) yield return plan;
            request.PageToken = page.NextPageToken;
        }
        while (request.PageToken.Length > 0);
    }

    public static async IAsyncEnumerable<Run> RunsAsync(
        this HubConnection hub, string plan, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var request = new ListRunsRequest { Plan = plan, PageSize = Size };
        do
        {
            var page = await hub.Runs.ListRunsAsync(request, hub.Options(cancellationToken));
            foreach (var run in page.Runs) yield return run;
            request.PageToken = page.NextPageToken;
        }
        while (request.PageToken.Length > 0);
    }

    public static async IAsyncEnumerable<Submission> SubmissionsAsync(
        this HubConnection hub, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var request = new ListSubmissionsRequest { PageSize = Size };
        do
        {
            var page = await hub.Intake.ListSubmissionsAsync(request, hub.Options(cancellationToken));
            foreach (var item in page.Submissions) yield return item;
            request.PageToken = page.NextPageToken;
        }
        while (request.PageToken.Length > 0);
    }

    public static async IAsyncEnumerable<Upload> UploadsAsync(
        this HubConnection hub, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var request = new ListUploadsRequest { PageSize = Size };
        do
        {
            var page = await hub.Intake.ListUploadsAsync(request, hub.Options(cancellationToken));
            foreach (var item in page.Uploads) yield return item;
            request.PageToken = page.NextPageToken;
        }
        while (request.PageToken.Length > 0);
    }
}
