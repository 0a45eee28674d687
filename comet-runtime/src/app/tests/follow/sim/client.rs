//! A reader as real ones are: it keeps the newest id it has read, and sends it when it comes back.

use http::Request;

use super::super::parse::{Message, Transport, reply};
use super::checker::{Checker, Finding};
use super::link::{Arrival, Link};
use super::random::Random;
use super::world::World;

/// How a client says what it has got. All but the first are bugs that the checker has to find.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Acknowledge {
    /// By the id of the last message.
    Id,
    /// By how many events it has counted, as Roots did.
    Count,
    /// By an offset that is one too far.
    OneTooFar,
}

pub(super) struct Client {
    /// Which of the world's channels it follows.
    follows: Vec<usize>,
    acknowledge: Acknowledge,
    cursor: Option<String>,
    /// How many events of each followed channel it has counted since it began.
    counted: Vec<u64>,
    link: Option<Link>,
    pub(super) checker: Checker,
}

impl Client {
    pub(super) fn new(follows: Vec<usize>, acknowledge: Acknowledge) -> Self {
        let counted = vec![0; follows.len()];
        let checker = Checker::default();
        Self { follows, acknowledge, cursor: None, counted, link: None, checker }
    }

    pub(super) fn is_linked(&self) -> bool {
        self.link.is_some()
    }

    /// The connection breaks; what was on its way is lost.
    pub(super) fn cut(&mut self) {
        self.link = None;
    }

    /// The reader starts anew and knows nothing.
    pub(super) fn restart(&mut self) {
        self.cut();
        self.cursor = None;
        self.counted.fill(0);
        self.checker.forget();
    }

    pub(super) async fn connect(
        &mut self,
        world: &mut World,
        transport: Transport,
        random: &mut Random,
    ) {
        let history = if random.percent(20) { 1 + random.below(40) as u64 } else { 0 };
        let certain = self.follows.iter().all(|index| world.is_certain(*index));
        let history = if certain { history } else { 0 };
        let in_query = random.percent(50);
        let hold = world.ground.time(1 + random.below(3_000)).as_millis();
        let start = self.follows.iter().map(|index| world.channels[*index].start(history));
        let start = start.collect();
        let names = self.follows.iter().map(|index| world.channels[*index].name);
        let names: Vec<_> = names.map(|name| format!("channel={name}")).collect();
        let mut path = format!("/comet/events?{}&{}", transport.query(), names.join("&"));
        let mut request = Request::builder();
        let first = self.cursor.is_none();
        match self.sent() {
            None => path.push_str(&format!("&history={history}")),
            Some(cursor) if in_query => path.push_str(&format!("&cursor={cursor}")),
            Some(cursor) => request = request.header("last-event-id", cursor),
        }
        let request = transport.request(request.uri(format!("{path}&timeout={hold}")));
        let asked = world.network.ask(request, transport, first).await;
        let mut link = Link::new(asked, transport, start);
        if first {
            link.greeted().await;
        }
        self.link = Some(link);
    }

    /// The cursor as this client sends it.
    fn sent(&self) -> Option<String> {
        let cursor = self.cursor.as_ref()?;
        let parts = cursor.split('~').zip(&self.counted).map(|(part, counted)| {
            let (epoch, offset) = part.split_once('.').unwrap();
            let offset: u64 = offset.parse().unwrap();
            match self.acknowledge {
                Acknowledge::Id => part.to_owned(),
                Acknowledge::Count => format!("{epoch}.{counted}"),
                Acknowledge::OneTooFar => format!("{epoch}.{}", offset + 1),
            }
        });
        Some(parts.collect::<Vec<_>>().join("~"))
    }

    /// Reads what there is. Of a piece only so many percent arrive, then the connection breaks; of a reply all or
    /// nothing does.
    pub(super) async fn read(
        &mut self,
        world: &World,
        arrives: Option<usize>,
    ) -> Result<bool, String> {
        let Some(link) = &mut self.link else { return Ok(false) };
        let patience = world.ground.patience(link.parser.transport);
        let mut arrived = link.look(patience).await;
        match (&mut arrived, arrives) {
            (Arrival::Nothing, _) | (_, None) => {}
            (Arrival::Piece(bytes), Some(percent)) => bytes.truncate(bytes.len() * percent / 100),
            (Arrival::Reply(_) | Arrival::End, Some(_)) => arrived = Arrival::Nothing,
        }
        let come = !matches!(arrived, Arrival::Nothing);
        let done = match arrived {
            Arrival::Nothing => false,
            Arrival::End => {
                self.cut();
                false
            }
            Arrival::Piece(bytes) => {
                let messages = link.parser.feed(&bytes);
                let closed = link.parser.closed;
                let done = self.take(world, messages)?;
                if closed {
                    self.cut();
                }
                done
            }
            Arrival::Reply(body) => {
                let (messages, cursor) = reply(link.parser.transport, &body);
                self.learn(world);
                let done = self.take(world, messages)?;
                self.cursor = Some(cursor);
                self.cut();
                done
            }
        };
        if arrives.is_some() {
            self.cut();
        }
        if done {
            self.restart();
        }
        Ok(come)
    }

    /// Takes messages in; whether the stream is done for good.
    fn take(&mut self, world: &World, messages: Vec<Message>) -> Result<bool, String> {
        for message in messages {
            let Message { id, event, .. } = &message;
            match event.as_str() {
                "hello" => self.learn(world),
                "done" => return Ok(true),
                "beat" => {}
                _ => self.check(world, &message)?,
            }
            // The cursor of `hello` is its id as well: a browser's own `EventSource` knows ids only.
            if let Some(id) = id {
                self.cursor = Some(id.clone());
            }
        }
        Ok(false)
    }

    /// Notes where a reader begins that has no position yet.
    fn learn(&mut self, world: &World) {
        let Some(link) = self.link.as_ref().filter(|_| self.cursor.is_none()) else { return };
        let begun = self.follows.iter().zip(&link.start).zip(&mut self.counted);
        for ((index, place), counted) in begun {
            self.checker.begin(world.channels[*index].name, *place);
            *counted = place.next - 1;
        }
    }

    fn check(&mut self, world: &World, message: &Message) -> Finding {
        let named = message.channel.as_deref().or_else(|| message.data["channel"].as_str());
        let channels = self.follows.iter().map(|index| &world.channels[*index]);
        let followed = channels.enumerate().find(|(_, channel)| match named {
            Some(name) => channel.name == name,
            None => self.follows.len() == 1,
        });
        let (at, channel) = followed.ok_or(format!("of no followed channel: {message:?}"))?;
        match message.event.as_str() {
            "message" => {
                self.counted[at] += 1;
                self.checker.entry(channel, message)
            }
            "gap" => {
                let position = message.id.as_deref().and_then(|id| id.split('~').nth(at));
                let log = channel.log_of(position.ok_or("a gap without a position")?)?;
                self.checker.gap(channel, log, &message.data)
            }
            "closed" => self.checker.closed(channel, &message.data),
            other => Err(format!("nobody says `{other}`")),
        }
    }

    /// Whether something is on its way to it.
    pub(super) fn lacks_something(&self, world: &World) -> bool {
        self.is_linked() && self.complete(world).is_err()
    }

    /// Whether it has everything of every channel it follows.
    pub(super) fn complete(&self, world: &World) -> Finding {
        self.follows.iter().try_for_each(|index| {
            let channel = &world.channels[*index];
            self.checker.complete(channel, channel.generation())
        })
    }
}
