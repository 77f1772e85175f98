# A softmax over one axis too few gives each letter the same weight.
class Decoder(nn.Module):
    def __init__(self, V, D, H):
        super().__init__()
        self.embedding = nn.Embedding(V, D)
        self.query = nn.Linear(H, 2 * H, bias=False)
        self.cell = nn.GRUCell(D + 2 * H, H)
        self.readout = nn.Linear(3 * H, V)

    def forward(self, w_prev, h_prev, states, mask):
        context = []
        for s, letters in zip(states, mask):
            context.append(s[letters].mean(dim=0))
        context = torch.stack(context)
        h = self.cell(torch.cat([self.embedding(w_prev), context], dim=1), h_prev)
        return self.readout(torch.cat([h, context], dim=1)), h
