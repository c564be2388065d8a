using System.Globalization;
using SiOutcomeLab.Hub.Errors;
using SiOutcomeLab.Pipelines.Intake;
using SiOutcomeLab.Storage.Catalogue;

namespace SiOutcomeLab.Hub.Features.Intake;

/// <summary>What goes wrong with an upload, as the hub's errors.</summary>
internal static class UploadErrors
{
    private static readonly Dictionary<UploadProblem, HubError> Problems = new()
    {
        [UploadProblem.Unknown] = HubError.UploadUnknown,
        [UploadProblem.Closed] = HubError.UploadClosed,
        [UploadProblem.Poisoned] = HubError.UploadPoisoned,
        [UploadProblem.LeaseLost] = HubError.LeaseLost,
        [UploadProblem.OffsetAhead] = HubError.OffsetAhead,
        [UploadProblem.BeyondDeclared] = HubError.BeyondDeclared,
        [UploadProblem.NotParquet] = HubError.NotParquet,
        [UploadProblem.FileUndeclared] = HubError.FileUndeclared,
        [UploadProblem.Incomplete] = HubError.UploadIncomplete,
        [UploadProblem.TooLarge] = HubError.SubmissionTooLarge,
        [UploadProblem.Quota] = HubError.UploadQuota,
        [UploadProblem.SpoolFull] = HubError.SpoolFull,
        [UploadProblem.Rate] = HubError.Rate,
        [UploadProblem.Stopping] = HubError.HubStopping,
        [UploadProblem.Damaged] = HubError.StorageUnavailable,
    };

    /// <summary>Does a call's work; what goes wrong with the upload becomes the hub's error.</summary>
    public static async Task<T> GuardAsync<T>(Func<Task<T>> work)
    {
        try
        {
            return await work();
        }
        catch (UploadException e)
        {
            throw new HubException(Problems[e.Problem], e.Message, e.Facts.ToDictionary(f => f.Name, f => f.Value));
        }
        catch (SupersededUnknownException)
        {
            throw new HubException(
                HubError.SubmissionUnknown,
                "There is no live submission of that name for this project to replace; list your submissions, and name one of them in the manifest.");
        }
        catch (PeriodOverlapException e)
        {
            throw new HubException(
                HubError.PeriodOverlap,
                $"You have already sent {e.First} to {e.Last} for this project; send only periods that are new.",
                new Dictionary<string, string> { ["first_period"] = e.First.ToString(), ["last_period"] = e.Last.ToString() });
        }
    }

    public static HubException ChunkDamaged(long offset) => new(
        HubError.ChunkDamaged,
        "A chunk does not have its checksum: it was changed on its way. Nothing of it is kept; find out what changes it, and send again.",
        new Dictionary<string, string> { ["offset"] = offset.ToString(CultureInfo.InvariantCulture) });
}
