using System.Text;
using SiOutcomeLab.Domain.Identity;
using SiOutcomeLab.Domain.Submissions;
using SiOutcomeLab.Parquet;
using SiOutcomeLab.Pipelines.Custody;

namespace SiOutcomeLab.Pipelines.Tests.Custody;

public sealed class OwnDataReturnTests
{
    [Fact]
    public async Task Write_LakeFile_HasEveryRowWithItsNumberAndNoPerson()
    {
        await using var lab = await CustodyLab.OpenAsync();
        var submission = await lab.CommitAsync([1, 2, 1, 3, 1, 1]);

        var returned = await ReturnedAsync(lab, submission.Observations);

        Assert.Equal(["row_number", "label", "amount"], returned.Columns);
        Assert.Equal([1L, 2L, 3L, 4L, 5L, 6L], returned.Numbers);
        Assert.Equal(["-", "row 2", "row 3", "-", "row 5", "row 6"], returned.Labels);
        var person = await lab.LakePersonAsync(1);
        Assert.Equal(-1, returned.Bytes.AsSpan().IndexOf(person));
    }

    [Fact]
    public async Task Submissions_OfAnOwner_AreItsOwnWhateverTheirStateUntilPurged()
    {
        await using var lab = await CustodyLab.OpenAsync();
        var live = await lab.CommitAsync([1]);
        var withdrawn = await lab.CommitAsync([2]);
        var purged = await lab.CommitAsync([3]);
        var others = await lab.CommitAsync([4], organisation: CustodyLab.Other);
        await lab.Catalogue.Submissions.WithdrawAsync(CustodyLab.Owner, withdrawn.Id, lab.Time.Now, CustodyLab.Token);
        await lab.Catalogue.Submissions.PurgeAsync(purged.Id, AuditEntry.OfHub(lab.Time.Now, "purge", "submissions/" + purged.Id, "OK"), CustodyLab.Token);
        var back = new OwnDataReturn(lab.Catalogue.Submissions, lab.Lake);

        var all = await back.SubmissionsAsync(CustodyLab.Owner, null, CustodyLab.Token);

        Assert.Equal([live.Id, withdrawn.Id], all!.Select(s => s.Id));
        Assert.Equal(live.Id, Assert.Single((await back.SubmissionsAsync(CustodyLab.Owner, live.Id, CustodyLab.Token))!).Id);
        Assert.Null(await back.SubmissionsAsync(CustodyLab.Owner, others.Id, CustodyLab.Token));
    }

    internal static async Task<(string[] Columns, long[] Numbers, string[] Labels, byte[] Bytes)> ReturnedAsync(CustodyLab lab, LakeObject file)
    {
        using var bytes = new MemoryStream();
        await new OwnDataReturn(lab.Catalogue.Submissions, lab.Lake).WriteAsync(file, bytes, CustodyLab.Token);
        bytes.Position = 0;
        using var reader = ParquetReader.Open(bytes, leaveOpen: true);
        var numbers = new List<long>();
        var labels = new List<string>();
        for (var g = 0; g < reader.RowGroupCount; g++)
        {
            var group = reader.OpenRowGroup(g);
            var read = new long[group.RowCount];
            using (var column = group.Column<long>(0)) column.Read(read, []);
            numbers.AddRange(read);
            var batch = new BytesBatch();
            using (var column = group.Bytes(1)) column.Read(batch, 100);
            for (var i = 0; i < read.Length; i++) labels.Add(batch.IsNull(i) ? "-" : Encoding.UTF8.GetString(batch[i]));
        }

        return ([.. reader.Schema.Columns.Select(c => c.Name)], [.. numbers], [.. labels], bytes.ToArray());
    }
}
