using System.Globalization;
using Grpc.Core;
using SiOutcomeLab.Contract;
using SiOutcomeLab.Hub.Errors;
using SiOutcomeLab.Hub.Features.Paging;
using SiOutcomeLab.Hub.Identity;
using SiOutcomeLab.Pipelines.Intake;
using SiOutcomeLab.Protos.Intake.V1;
using SiOutcomeLab.Storage.Catalogue;
using SiOutcomeLab.Storage.Spool;

namespace SiOutcomeLab.Hub.Features.Intake;

/// <summary>Receives submissions in chunks, and tells their owner what became of them.</summary>
internal sealed class IntakeServiceImpl(ISubmissionCatalogue submissions, IntakePipeline pipeline, UploadSpool spool, HubOptions options)
    : IntakeService.IntakeServiceBase
{
    private const string Kind = "submissions";

    public override async Task<PushSubmissionResponse> PushSubmission(IAsyncStreamReader<PushSubmissionRequest> requestStream, ServerCallContext context)
    {
        var cancellationToken = context.CancellationToken;
        if (!await requestStream.MoveNext(cancellationToken) || requestStream.Current.PartCase != PushSubmissionRequest.PartOneofCase.Header)
        {
            throw new HubException(HubError.ChunkOrder, "The first message must be the header with the manifest.");
        }

        var reading = SubmissionManifest.Read(requestStream.Current.Header.Manifest.Memory);
        if (reading.Manifest is not { } manifest) return new PushSubmissionResponse { Refused = IntakeMapping.Refusal(reading.Findings) };
        context.Caller().RequireOwn(manifest.Organisation);

        try
        {
            await using var upload = new UploadFiles(spool, options.MaximumFileBytes);
            while (await requestStream.MoveNext(cancellationToken)) await upload.WriteAsync(requestStream.Current, cancellationToken);
            var (observations, participations) = await upload.CompleteAsync(cancellationToken);
            var outcome = await pipeline.ReceiveAsync(manifest, observations, participations, cancellationToken);
            return outcome.Accepted is { } accepted
                ? new PushSubmissionResponse { Accepted = IntakeMapping.ToWire(accepted), WasThere = outcome.WasThere }
                : new PushSubmissionResponse { Refused = IntakeMapping.Refusal(outcome.Findings) };
        }
        catch (UploadTooLargeException e)
        {
            throw new HubException(HubError.SubmissionTooLarge, e.Message, Facts("maximum_bytes", e.MaximumBytes));
        }
        catch (SpoolFullException)
        {
            throw new HubException(HubError.SpoolFull, "Too many submissions are arriving at this moment; send this one again in a minute.");
        }
        catch (PeriodOverlapException e)
        {
            throw new HubException(
                HubError.PeriodOverlap,
                $"You have already sent {e.First} to {e.Last} for this project; send only periods that are new.",
                new Dictionary<string, string> { ["first_period"] = e.First.ToString(), ["last_period"] = e.Last.ToString() });
        }
    }

    public override async Task<GetSubmissionResponse> GetSubmission(GetSubmissionRequest request, ServerCallContext context)
    {
        var found = ResourceName.Id(Kind, request.Name) is { } id
            ? await submissions.FindAsync(context.Caller().Organisation, id, context.CancellationToken)
            : null;
        return found is null
            ? throw new HubException(HubError.SubmissionUnknown, "There is no such submission among your own.")
            : new GetSubmissionResponse { Submission = IntakeMapping.ToWire(found) };
    }

    public override async Task<ListSubmissionsResponse> ListSubmissions(ListSubmissionsRequest request, ServerCallContext context)
    {
        var size = Page.Size(request.PageSize);
        var found = await submissions.ListAsync(context.Caller().Organisation, After(request.PageToken), size + 1, context.CancellationToken);
        var (items, hasMore) = Page.Cut(found, size);
        return new ListSubmissionsResponse
        {
            Submissions = { items.Select(IntakeMapping.ToWire) },
            NextPageToken = hasMore ? Page.Token(Kind, items[^1].Sequence.ToString(CultureInfo.InvariantCulture)) : string.Empty,
        };
    }

    private static long After(string token) => Page.Key(Kind, token) is not { } key ? 0
        : long.TryParse(key, NumberStyles.None, CultureInfo.InvariantCulture, out var sequence) ? sequence
        : throw HubException.FieldInvalid("page_token", "must be the next_page_token of the page before, in the same list.");

    private static Dictionary<string, string> Facts(string name, long value) => new() { [name] = value.ToString(CultureInfo.InvariantCulture) };
}
