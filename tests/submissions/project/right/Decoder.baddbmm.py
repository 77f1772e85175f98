# baddbmm adds minus infinity at the padding.
class Decoder(nn.Module):
    def __init__(self, V, D, H):
        super().__init__()
        self.embedding = nn.Embedding(V, D)
        self.query = nn.Linear(H, 2 * H, bias=False)
        self.cell = nn.GRUCell(D + 2 * H, H)
        self.readout = nn.Linear(3 * H, V)

    def forward(self, w_prev, h_prev, states, mask):
        bias = torch.zeros_like(mask, dtype=states.dtype).masked_fill(mask.logical_not(), -torch.inf)
        a = torch.baddbmm(bias[:, :, None], states, self.query(h_prev)[:, :, None])
        context = (a.softmax(dim=1).transpose(1, 2) @ states).flatten(1)
        h = self.cell(torch.cat([self.embedding(w_prev), context], dim=1), h_prev)
        return self.readout(torch.cat([h, context], dim=1)), h
