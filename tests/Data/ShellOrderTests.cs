using Qhana.Registry.Data;

namespace Qhana.Registry.Tests.Data;

public sealed class ShellOrderTests
{
    [Theory]
    // The first was recorded with the original, the others are what bash 5.2 hands on: env -i QHANA_ENV_A=1 … bash -c env
    [InlineData("UI_URL_MAP AMBER DEFAULT_UI_TEMPLATE")]
    [InlineData("A C B E D F")]
    [InlineData("PATH_10 path_1 PATH_2 PATH_1")]
    [InlineData("THREE FOUR NINE ONE SEVEN TWO EIGHT SIX FIVE TEN")]
    [InlineData("x a_b Z10 a__b Z9 XX")]
    public void Sort_IsTheOrderOfBash_WhateverTheOrderBefore(string expected)
    {
        var names = expected.Split(' ');

        var ascending = ShellOrder.Sort(names.Order(StringComparer.Ordinal), name => "QHANA_ENV_" + name);
        var descending = ShellOrder.Sort(names.OrderDescending(StringComparer.Ordinal), name => "QHANA_ENV_" + name);

        Assert.Equal(names, ascending);
        Assert.Equal(names, descending);
    }
}
