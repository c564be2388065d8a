using SiOutcomeLab.Pipelines.Custody;

namespace SiOutcomeLab.Pipelines.Tests.Custody;

public sealed class ErasedRowsTests
{
    [Fact]
    public void Numbers_AfterManyErasures_AreThoseOfAListWithTheRowsTakenOut()
    {
        var random = new Random(7);
        for (var round = 0; round < 200; round++)
        {
            var rows = Enumerable.Range(1, random.Next(1, 60)).Select(n => (long)n).ToList();
            var erased = ErasedRows.Of(new Dictionary<string, string>());
            for (var step = 0; step < 4 && rows.Count > 0; step++)
            {
                long[] positions = [.. Enumerable.Range(0, rows.Count).Where(_ => random.Next(4) == 0).Select(p => (long)p)];
                erased = erased.And(positions);
                foreach (var position in positions.Reverse()) rows.RemoveAt((int)position);
                var read = ErasedRows.Of(new Dictionary<string, string> { [ErasedRows.Key] = erased.ToString() });
                Assert.Equal(rows, read.NumbersAt(Enumerable.Range(0, rows.Count).Select(p => (long)p)));
            }
        }
    }
}
